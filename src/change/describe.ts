import type { Base as ToldBase } from '../finding/review.js';
import type { Base } from './change.js';

/** How the base was found, as results tell it. */
export function describeBase(base: Base): ToldBase {
  return {
    method: base.method,
    commit: base.commit ?? null,
    tree: base.tree === '' ? null : base.tree,
    baseline: base.baseline,
    tries: base.tries.map(({ method, tree, outcome, ...rest }) => {
      const { commit = null, kind = null, patch = null, file = null, hunk = null } = rest;
      return { method, tree, commit, outcome, kind, patch, file, hunk };
    }),
  };
}
