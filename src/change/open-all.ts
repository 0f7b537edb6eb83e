import type { Problem } from '../finding/problem.js';
import { openTree } from './open-tree.js';
import type { Tree } from './tree.js';
import type { OnProgress } from './unpack.js';

/** Opens the trees that a command was given, in order; with none, the kernel one stands in, else the baseline. */
export async function openTrees(
  wheres: readonly string[],
  onProgress?: OnProgress,
): Promise<Tree[] | Problem> {
  const trees: Tree[] = [];
  for (const where of wheres.length > 0 ? wheres : [undefined]) {
    const tree = await openTree(where, onProgress);
    if ('problem' in tree) {
      await Promise.all(trees.map((open) => open.close()));
      return { problem: tree.problem, exit: 2 };
    }
    trees.push(tree);
  }
  return trees;
}
