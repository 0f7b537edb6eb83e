import type { Series as ToldSeries } from '../finding/review.js';
import type { Series } from './series.js';

/** The series as results tell it. */
export function describeSeries(series: Series): ToldSeries {
  return {
    subject: series.subject,
    version: series.version,
    messageId: series.messageId ?? null,
    from: series.from === '' ? null : series.from,
    status: series.status,
    missing: series.missing,
  };
}
