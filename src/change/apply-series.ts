import { type Applied, applyOnce, notApplied, type State } from './apply.js';
import type { Base, Change } from './change.js';
import { type Candidate, findBases, pathsOf } from './find-base.js';
import { fatalProblem, type Patch } from './patch.js';
import type { Tree } from './tree.js';

/** The tree as the patches so far left it; deleted files hide what the tree still has. */
function patched(tree: Tree, at: string | undefined, state: Map<string, Buffer | undefined>): Tree {
  const readBytes = async (path: string): Promise<Buffer | undefined> =>
    state.has(path) ? state.get(path) : tree.readBytes(path, at);
  return {
    name: tree.name,
    kind: tree.kind,
    readBytes,
    read: async (path) => (await readBytes(path))?.toString('utf8'),
    states: async () => [{ label: tree.name, at }],
    close: async () => {},
  };
}

async function* previousState(patch: Patch, tree: Tree, base: Base): AsyncGenerator<Candidate> {
  const files: State = new Map();
  for (const path of pathsOf(patch)) {
    const bytes = await tree.readBytes(path);
    if (bytes) files.set(path, bytes);
  }
  yield { method: 'previous', at: base.at, label: base.label, commit: base.commit, files };
}

async function applyFirst(
  patch: Patch,
  trees: Tree[],
): Promise<{ applied: Applied; tree: Tree | undefined }> {
  const failed: Applied[] = [];
  for (const tree of trees) {
    const applied = await applyOnce(patch, tree, findBases(patch, tree));
    applied.change.base.tries.unshift(...failed.flatMap(({ change }) => change.base.tries));
    if (applied.change.status === 'applied') return { applied, tree };
    failed.push(applied);
  }
  const [first] = failed;
  if (!first) return { applied: notApplied(patch, undefined, [], 'there is no tree'), tree: undefined };
  first.change.base.tries = failed.at(-1)!.change.base.tries;
  return { applied: first, tree: undefined };
}

/**
 * Applies the patches of a series one after the other; each starts from what the one before left. The first
 * tree that takes the first patch serves for all. What cannot be applied has `status` and `why`, and so have
 * all patches behind it.
 */
export async function applySeries(patches: Patch[], trees: Tree[]): Promise<Change[]> {
  const [first, ...rest] = patches;
  if (!first) return [];
  const { applied, tree } = await applyFirst(first, trees);
  const changes = [applied.change];
  const state = new Map<string, Buffer | undefined>();
  const keep = ({ change, after }: Applied): void => {
    for (const path of pathsOf(change.patch)) state.set(path, after.get(path));
  };
  keep(applied);
  for (const [index, patch] of rest.entries()) {
    const last = changes.at(-1)!;
    if (!tree || last.status === 'not-applied') {
      const why =
        fatalProblem(patch)?.reason ??
        `patch ${index + 1} of the input, which comes before it, does not apply`;
      changes.push(notApplied(patch, trees[0], [], why).change);
      continue;
    }
    const view = patched(tree, applied.change.base.at, new Map(state));
    const next = await applyOnce(patch, view, previousState(patch, view, applied.change.base));
    keep(next);
    changes.push(next.change);
  }
  return changes;
}
