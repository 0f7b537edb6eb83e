import type { Hunk, HunkLine } from '../../change/patch.js';
import { brace } from './brace.js';
import { cut } from './cut.js';
import { isTransparent, type Piece } from './piece.js';

/** One side of a hunk: what it shows of the file before, or of the file after. */
export interface Side {
  text: string;
  pieces: Piece[];
  /** For each piece whether all of its lines are lines of context, and if so the first one's number in the diff. */
  context: (number | undefined)[];
}

/** A hunk may begin and end inside of a comment. */
function withoutCutComments(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const close = text.indexOf('*/');
  const open = text.indexOf('/*');
  const begins = close >= 0 && (open < 0 || close < open) ? close + 2 : 0;
  const lastOpen = text.lastIndexOf('/*');
  const ends = lastOpen >= begins && text.indexOf('*/', lastOpen) < 0 ? lastOpen : text.length;
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  const clean = blank(text.slice(0, begins)) + text.slice(begins, ends) + blank(text.slice(ends));
  const all = clean.split('\n');
  // A comment of which neither end is seen: its lines look like these.
  return open < 0 && close < 0 ? all.map((line) => (/^\s*\*( |$)/.test(line) ? '' : line)) : all;
}

/** Archives lose white space: of the context a statement is in the first column, and no line is indented. */
function lostIndent({ lines }: Hunk): boolean {
  const context = lines.filter(({ kind }) => kind === 'context').map(({ text }) => text);
  const isIndented = context.some((text) => /^\s+\S/.test(text));
  return !isIndented && context.some((text) => /^(if|for|while|switch|return|goto)\b/.test(text));
}

export function sideOf(hunk: Hunk, side: 'before' | 'after'): Side {
  const other: HunkLine['kind'] = side === 'before' ? 'add' : 'delete';
  const lines = hunk.lines.filter(({ kind }) => kind !== other);
  // All of it stands inside of a function then: what does not has no place there, and is not missed.
  const indent = lostIndent(hunk) ? '\t' : '';
  const text = brace(withoutCutComments(lines.map((line) => `${indent}${line.text}`)).join('\n'));
  const pieces = cut(text).filter((piece) => !isTransparent(piece));
  let at = 0;
  let line = 0;
  const lineAt = (offset: number): number => {
    for (; at < offset; at++) if (text[at] === '\n') line++;
    return line;
  };
  const context = pieces.map((piece) => {
    const first = lineAt(piece.start);
    const shown = lines.slice(first, lineAt(piece.end) + 1);
    return shown.every(({ kind }) => kind === 'context') ? shown[0]?.at : undefined;
  });
  return { text, pieces, context };
}
