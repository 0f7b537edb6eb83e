import type { Series } from '../series/series.js';
import type { Tree } from './tree.js';

/** `linux-mm@kvack.org` and the `linux-mm.kvack.org` of a List-Id are one list; `linux-mm` alone means it too. */
function isList(wanted: string, list: string): boolean {
  const id = wanted.replace('@', '.');
  return list === id || list.startsWith(`${id}.`);
}

function isFor(tree: Tree, series: Series): boolean {
  const wanted = tree.for?.toLowerCase();
  return (
    wanted !== undefined &&
    (series.words.includes(wanted) || series.lists.some((list) => isList(wanted, list)))
  );
}

/**
 * The trees in the order in which a series is tried on them: those that are for its list or for a word of its
 * subject, those that are for everything, then the rest.
 */
export function orderTrees(trees: readonly Tree[], series: Series): Tree[] {
  const rank = (tree: Tree): number => (isFor(tree, series) ? 0 : tree.for === undefined ? 1 : 2);
  return [...trees].sort((a, b) => rank(a) - rank(b));
}
