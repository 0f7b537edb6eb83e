import { applySeries } from '../../src/change/apply-series.js';
import type { Change } from '../../src/change/change.js';
import type { Patch } from '../../src/change/patch.js';
import type { Tree } from '../../src/change/tree.js';

/** One patch as a series of its own, on one tree. */
export async function applyPatch(patch: Patch, tree: Tree): Promise<Change> {
  const [change] = await applySeries([patch], [tree]);
  return change!;
}
