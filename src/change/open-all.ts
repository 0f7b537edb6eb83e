import { existsSync } from 'node:fs';
import type { Problem } from '../finding/problem.js';
import { openTree } from './open-tree.js';
import type { Tree } from './tree.js';
import type { OnProgress } from './unpack.js';

/** `mm-unstable=~/linux` gives a tree for a list or for a word of subjects; a path may hold an equals sign too. */
function readWhere(where: string | undefined): { word: string | undefined; path: string | undefined } {
  const match = /^([A-Za-z0-9][\w.@+-]{0,100})=(.+)$/s.exec(where ?? '');
  if (!match || existsSync(where!)) return { word: undefined, path: where };
  return { word: match[1], path: match[2] };
}

/** Opens the trees that a command was given, in order; with none, the kernel one stands in, else the baseline. */
export async function openTrees(
  wheres: readonly string[],
  onProgress?: OnProgress,
): Promise<Tree[] | Problem> {
  const trees: Tree[] = [];
  for (const where of wheres.length > 0 ? wheres : [undefined]) {
    const { word, path } = readWhere(where);
    const tree = await openTree(path, onProgress);
    if ('problem' in tree) {
      await Promise.all(trees.map((open) => open.close()));
      return { problem: tree.problem, exit: 2 };
    }
    if (word !== undefined) tree.for = word;
    trees.push(tree);
  }
  return trees;
}
