import type { Series as ToldSeries } from '../finding/review.js';
import type { Series } from './series.js';

/** Why nobody is answered about this series; null when its author may be. */
function whyNever(series: Series, repairs: readonly string[]): string | null {
  const told = [series.cover, ...series.patches].find((message) => message?.neverAnswer !== undefined);
  if (told) return told.neverAnswer!;
  return repairs.length > 0 ? 'the patch was damaged on its way and repaired here' : null;
}

/** The series as results tell it; `repairs` is what had to be done to its patches. */
export function describeSeries(series: Series, repairs: readonly string[]): ToldSeries {
  return {
    subject: series.subject,
    version: series.version,
    messageId: series.messageId ?? null,
    from: series.from === '' ? null : series.from,
    status: series.status === 'complete' && repairs.length > 0 ? 'repaired' : series.status,
    missing: series.missing,
    neverAnswer: whyNever(series, repairs),
  };
}
