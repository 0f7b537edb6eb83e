/**
 * Source of a pattern (flag `m`) for the head of a function by this name, up to its opening bracket. It begins in the
 * first column, as the kernel's do.
 */
export const headOf = (name: string) => `^(?![\\s#/*}])[^\\n;={}]*?\\b${name}\\s*\\(`;

/** Characters of a head within which its body has to begin. */
const longestHead = 2000;

/** Where a definition (not a prototype, not a call) of a function begins in a text, in characters; -1 without one. */
export function definitionAt(text: string, name: string): number {
  const heads = [...text.matchAll(new RegExp(headOf(name), 'gm'))];
  const found = heads.find(({ index }) => /^[^;{]*\{/.test(text.slice(index, index + longestHead)));
  return found?.index ?? -1;
}
