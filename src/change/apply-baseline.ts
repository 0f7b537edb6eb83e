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
  const [best, ...others] = attempts.sort(byFit);
  const changes = best!.changes.map((change, at) => {
    return { ...change, rivals: rivalsOf(best!, others).map((rival) => rival.changes[at]!) };
  });
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
    const change = behindLost(changes, await applyOrGraft(patch, view, graft));
    changes.push(change);
    for (const path of pathsOf(patch)) {
      const text = change.after.get(path);
      if (change.status === 'applied' && text !== undefined) state.set(path, Buffer.from(text));
    }
  }
  return changes;
}

/** What a patch without a place does to a file is unknown, and so is what the patches behind it start from. */
function behindLost(earlier: readonly Change[], change: Change): Change {
  const paths = new Set(pathsOf(change.patch));
  const at = earlier.findIndex(
    ({ status, leftOut }) => status === 'unplaced' && leftOut.some(({ path }) => paths.has(path)),
  );
  const lost = earlier[at];
  if (change.status !== 'applied' || lost === undefined) return change;
  const why = `patch ${at + 1} of the input, which comes before it, has no clear place on the baseline`;
  const leftOut = lost.leftOut.filter(({ path }) => paths.has(path)).map(({ path }) => ({ path, why }));
  const base = { ...change.base, method: 'none' as const, fit: 0 };
  return { ...change, base, before: new Map(), after: new Map(), leftOut, status: 'unplaced', why };
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

/** Eras that fit a series no worse than this much less could be meant as well. */
const tie = 0.005;

/** More of them than this cost more time than their answers are worth. */
const mostRivals = 2;

/** What applies literally was made for the era that it applies to. */
function rivalsOf(best: Attempt, others: readonly Attempt[]): Attempt[] {
  if (missed(best) > 0 || best.changes.some(({ base }) => base.method !== 'graft')) return [];
  const equal = others.filter((other) => missed(other) === 0 && fitOf(best) - fitOf(other) <= tie);
  return equal.slice(0, mostRivals);
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
