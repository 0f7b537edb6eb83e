import type { Patch } from '../../change/patch.js';
import type { Piece } from './piece.js';

const telling = /^(?:trace_|pr_|dev_dbg|count_vm_event)/;

/** What a kernel only tells or counts with; neither side of a hunk is compared by it. */
export function isTransparent({ kind, tokens }: Piece): boolean {
  return kind === 'statement' && telling.test(tokens[0] ?? '');
}

/**
 * Whether such a statement may be left away where a patch adds or deletes it: it is one call and nothing besides, its
 * arguments call nobody and store nothing, and the name is not the patch's own.
 */
export function isMereTelling({ tokens }: Piece, own: ReadonlySet<string>): boolean {
  const inner = tokens.slice(2, -2);
  const isOneCall = tokens[1] === '(' && tokens.at(-2) === ')' && tokens.at(-1) === ';' && balanced(inner);
  return isOneCall && !own.has(tokens[0]!) && !inner.some((token, at) => acts(token, inner[at + 1]));
}

/** Stores, or calls somebody: names in capitals are macros that compute something. */
function acts(token: string, next: string | undefined): boolean {
  if (/^(?:\+\+|--|[{};]|(?:[-+*/%&|^]|<<|>>)?=)$/.test(token)) return true;
  return next === '(' && /^(?:[A-Z\d_]*[a-z]|[)\]])/.test(token);
}

function balanced(tokens: readonly string[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Such names that a patch does not only call: they stand at a line's start, or behind a word, as what is declared does. */
export function ownTelling({ files }: Pick<Patch, 'files'>): Set<string> {
  const own = new Set<string>();
  for (const { hunks } of files)
    for (const { lines } of hunks) {
      const text = lines.map((line) => line.text).join('\n');
      for (const { index, 0: name } of text.matchAll(/\b(?:trace_|pr_|dev_dbg|count_vm_event)\w*/g)) {
        const before = text.slice(Math.max(0, index - 100), index);
        if (/(?:^|\n|\\\n\s*|[\w*]\s+|\*)$/.test(before) && !/\b(?:else|do)\s+$/.test(before)) own.add(name);
      }
    }
  return own;
}
