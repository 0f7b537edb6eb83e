import { type Applied, applyOnce, notApplied, type State, whyNot } from './apply.js';
import { applyToBaseline } from './apply-baseline.js';
import type { BaseTry, Change, Graft } from './change.js';
import { type Candidate, findBases, pathsOf } from './find-base.js';
import { fatalProblem, isDamaged, isUnusable, type Patch } from './patch.js';
import { patched } from './patched-tree.js';
import type { Tree } from './tree.js';

/** How far a series came from one state: its patches up to the first that did not apply. */
interface Run {
  tree: Tree;
  candidate: Candidate;
  applied: Applied[];
}

function isWhole(run: Run, patches: Patch[]): boolean {
  return run.applied.length === patches.length && run.applied.at(-1)!.change.status === 'applied';
}

async function* previousState(patch: Patch, tree: Tree, base: Candidate): AsyncGenerator<Candidate> {
  const files: State = new Map();
  for (const path of pathsOf(patch)) {
    const bytes = await tree.readBytes(path);
    if (bytes) files.set(path, bytes);
  }
  yield { method: 'previous', at: base.at, label: base.label, commit: base.commit, files };
}

async function* justThis(candidate: Candidate): AsyncGenerator<Candidate> {
  yield candidate;
}

/** Applies patches one after the other from one state, until one does not apply. */
async function runFrom(patches: Patch[], tree: Tree, candidate: Candidate, restore: boolean): Promise<Run> {
  const state = new Map<string, Buffer | undefined>();
  const applied: Applied[] = [];
  for (const [index, patch] of patches.entries()) {
    const view = index === 0 ? tree : patched(tree, candidate.at, new Map(state));
    const bases = index === 0 ? justThis(candidate) : previousState(patch, view, candidate);
    const next = await applyOnce(patch, view, bases, restore);
    applied.push(next);
    if (next.change.status !== 'applied') break;
    for (const path of pathsOf(next.change.patch)) state.set(path, next.after.get(path));
  }
  return { tree, candidate, applied };
}

/** What is recorded of a state from which the series did not come to its end. */
function stepOf(run: Run): BaseTry {
  const [first] = run.applied;
  const last = run.applied.at(-1)!.change.base.tries.at(-1);
  const { method, tree, commit } = first!.change.base.tries.at(-1) ?? { method: 'none', tree: run.tree.name };
  const patch = run.applied.length;
  const outcome = last?.outcome ?? run.applied.at(-1)!.change.why ?? 'it does not apply';
  return {
    ...last,
    method,
    tree,
    ...(commit === undefined ? {} : { commit }),
    outcome: patch === 1 ? outcome : `patch ${patch}: ${outcome}`,
    patch,
  };
}

interface Search {
  tries: BaseTry[];
  best: Run | undefined;
}

/** Looks in one tree for a state that takes the whole series; keeps what came farthest. */
async function searchTree(patches: Patch[], tree: Tree, search: Search): Promise<Run | undefined> {
  const failed: Run[] = [];
  const look = async (candidate: Candidate, restore: boolean): Promise<Run | undefined> => {
    const run = await runFrom(patches, tree, candidate, restore);
    if (isWhole(run, patches)) return run;
    search.tries.push(stepOf(run));
    failed.push(run);
    if (!search.best || run.applied.length > search.best.applied.length) search.best = run;
    return undefined;
  };
  const paths = [...new Set(patches.flatMap(pathsOf))];
  for await (const candidate of findBases(patches[0]!, tree, paths)) {
    if ('outcome' in candidate) search.tries.push(candidate);
    else {
      const run = await look(candidate, false);
      if (run) return run;
    }
  }
  // Only where no state takes the series as it stands may white space be taken from one.
  const damaged = patches.some(isDamaged);
  for (const run of [...failed]) {
    const kind = run.applied.at(-1)!.change.base.tries.at(-1)?.kind;
    if (!damaged && kind !== 'whitespace-damaged') continue;
    const again = await runFrom(patches, tree, run.candidate, true);
    if (isWhole(again, patches)) return again;
    if (again.applied.length > search.best!.applied.length) search.best = again;
  }
  return undefined;
}

/** What came of the patches so far, with what was tried before, and the patches that nobody came to. */
function changesOf(applied: Applied[], tree: Tree | undefined, patches: Patch[], tries: BaseTry[]): Change[] {
  const changes = applied.map(({ change }) => change);
  const [first] = changes;
  const found = first!.status === 'applied' ? first!.base.tries : [];
  first!.base.tries = [...tries.filter((step) => !found.includes(step)), ...found];
  for (const patch of patches.slice(changes.length)) {
    const failed = `patch ${applied.length} of the input, which comes before it, does not apply`;
    changes.push(notApplied(patch, tree, [], fatalProblem(patch)?.reason ?? failed).change);
  }
  return changes;
}

/**
 * Applies the patches of a series one after the other; each starts from what the one before left. The first
 * state of the first tree that takes all of them serves; where none does, the one that takes most. What
 * cannot be applied has `status` and `why`, and so have all patches behind it. Where there is no tree but the
 * baseline, `graft` is the last resort.
 */
export async function applySeries(patches: Patch[], trees: Tree[], graft?: Graft): Promise<Change[]> {
  const [first] = patches;
  if (!first) return [];
  const [only] = trees;
  if (graft && trees.length === 1 && only?.kind === 'baseline') return applyToBaseline(patches, only, graft);
  const broken = patches.findIndex(isUnusable);
  const usable = broken < 0 ? patches : patches.slice(0, broken);
  const search: Search = { tries: [], best: undefined };
  let reason = isUnusable(first) ? fatalProblem(first)?.reason : undefined;
  for (const tree of usable.length > 0 ? trees : []) {
    try {
      const run = await searchTree(usable, tree, search);
      if (run) return changesOf(run.applied, tree, patches, search.tries);
    } catch (error) {
      // A broken tree is no reason against the patch; another tree may be whole.
      reason ??= (error as Error).message;
    }
  }
  const { best, tries } = search;
  if (best && best.applied.length > 1) return changesOf(best.applied, best.tree, patches, tries);
  const [tree] = trees;
  const why = reason ?? (tree ? whyNot(tries, tree) : 'there is no tree');
  return changesOf([notApplied(first, tree, tries, why)], tree, patches, tries);
}
