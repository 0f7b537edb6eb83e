import type { Base } from '../change/change.js';
import type { Base as ToldBase, Series as ToldSeries } from '../finding/review.js';
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

/** How the base was found, as results tell it. */
export function describeBase(base: Base): ToldBase {
  return {
    method: base.method,
    commit: base.commit ?? null,
    tree: base.tree === '' ? null : base.tree,
    baseline: base.baseline,
    tries: base.tries.map(({ method, tree, outcome, file, hunk }) => {
      return { method, tree, outcome, file: file ?? null, hunk: hunk ?? null };
    }),
  };
}
