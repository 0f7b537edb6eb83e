import { applyOnce } from './apply.js';
import type { Change, Graft } from './change.js';
import { findBases, pathsOf } from './find-base.js';
import { fatalProblem, type Patch } from './patch.js';
import { patched } from './patched-tree.js';
import type { Tree, TreeState } from './tree.js';

/** A series on one era of the baseline. */
interface Attempt {
  era: TreeState | undefined;
  changes: Change[];
}

/**
 * Applies a series to the era of the baseline that it speaks of: the one that takes all of its patches, and of
 * several the one that they fit best. No patch says for which version it was made; what it uses tells.
 */
export async function applyToBaseline(patches: Patch[], tree: Tree, graft: Graft): Promise<Change[]> {
  const eras = await tree.states([...new Set(patches.flatMap(pathsOf))]);
  const attempts: Attempt[] = [];
  for (const era of eras.length > 0 ? eras : [undefined])
    attempts.push({ era, changes: await applyToEra(patches, tree, era, graft) });
  const changes = attempts.sort(byFit)[0]!.changes;
  // Only the first patch tells of the eras: the later ones stand on the era that it was found to be.
  const tries = attempts.slice(1).flatMap((attempt) => attempt.changes[0]!.base.tries);
  changes[0]!.base.tries.unshift(...tries.filter(({ outcome }) => outcome !== 'found'));
  return changes;
}

async function applyToEra(
  patches: Patch[],
  tree: Tree,
  era: TreeState | undefined,
  graft: Graft,
): Promise<Change[]> {
  const changes: Change[] = [];
  const state = new Map<string, Buffer | undefined>();
  for (const patch of patches) {
    const view = era === undefined ? tree : patched(tree, era.at, new Map(state), era.label);
    const change = await applyOrGraft(patch, view, graft);
    changes.push(change);
    for (const path of pathsOf(patch)) {
      const text = change.after.get(path);
      if (change.status === 'applied' && text !== undefined) state.set(path, Buffer.from(text));
    }
  }
  return changes;
}

async function applyOrGraft(patch: Patch, view: Tree, graft: Graft): Promise<Change> {
  const { change } = await applyOnce(patch, view, findBases(patch, view));
  if (fatalProblem(patch)) return change;
  const grafted = await graft(change, view);
  grafted?.base.tries.unshift(...change.base.tries);
  return grafted ?? change;
}

/** How many patches have no place, then how well the others fit. */
function byFit(a: Attempt, b: Attempt): number {
  return missed(a) - missed(b) || fitOf(b) - fitOf(a);
}

function missed({ changes }: Attempt): number {
  return changes.filter(({ status }) => status !== 'applied').length;
}

function fitOf({ changes }: Attempt): number {
  return changes.reduce((sum, { base }) => sum + (base.fit ?? 0), 0) / changes.length;
}
