import { applyOnce, notApplied } from './apply.js';
import type { Change, Graft } from './change.js';
import { findBases, pathsOf } from './find-base.js';
import { type FilePatch, fatalProblem, type Patch } from './patch.js';
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
  const home = change.status !== 'applied' || patch.files.every((file) => isAtHome(file, change.before));
  const literal = home ? change : stray(change, view);
  const grafted = await graft(literal, view);
  grafted?.base.tries.unshift(...literal.base.tries);
  return grafted ?? literal;
}

/**
 * Whether git can have put every hunk in one place only, in a file that has the function which the hunk names:
 * a few lines that stand in several functions of a baseline apply to the nearest.
 */
function isAtHome({ oldPath, hunks }: FilePatch, before: Change['before']): boolean {
  const text = before.get(oldPath);
  if (text === undefined) return true;
  return hunks.every(({ section, lines }) => {
    const old = lines.filter(({ kind }) => kind !== 'add').map((line) => line.text);
    const named = /^\w+:/.test(section) ? undefined : /\b(\w+)\s*\(/.exec(section)?.[1];
    const places = `\n${text}`.split(`\n${old.join('\n')}\n`).length - 1;
    return places === 1 && (named === undefined || text.includes(`${named}(`));
  });
}

function stray(change: Change, view: Tree): Change {
  const outcome = 'it applies literally, but not in one place only';
  const tries = change.base.tries.map((each) => (each.outcome === 'found' ? { ...each, outcome } : each));
  return notApplied(change.patch, view, tries, outcome).change;
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
