import type { Hunk, HunkLine } from '../../change/patch.js';
import { brace } from './brace.js';
import { cut } from './cut.js';
import type { Piece } from './piece.js';
import { isMereTelling, isTransparent } from './telling.js';

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

/** Archives lose white space: of the context statements are in the first column, and no line is indented. */
export function lostIndent(hunks: readonly Hunk[]): boolean {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const context = lines.filter(({ kind }) => kind === 'context').map(({ text }) => text);
  const isIndented = context.some((text) => /^\s+\S/.test(text));
  return !isIndented && context.some((text) => statement.test(text));
}

/** What is no declaration: a word of the language, a call, or something that is stored into a member. */
const statement = /^(?:(?:if|for|while|switch|return|goto)\b|\w+\(.*\);$|\w+(?:->|\.)\w[^;]* = )/;

/** The head of a function, or its first line. */
const head = /^[A-Za-z_][\w \t*]*[ \t*](\w+)\([^;]*$/;

/** The function whose head stands behind the end of another one in a hunk's context: it follows that one. */
export function followingName({ lines }: Hunk): string | undefined {
  const texts = lines.filter(({ kind }) => kind === 'context').map(({ text }) => text);
  const end = texts.lastIndexOf('}');
  const found = end < 0 ? [] : texts.slice(end + 1).flatMap((text) => head.exec(text)?.[1] ?? []);
  return found[0];
}

/** With an indentation again, up to the brace that ends the function: another function's head follows it. */
function indented(lines: readonly string[]): string[] {
  const follows = (at: number) => lines.slice(at + 1).find((line) => line.trim() !== '') ?? '';
  const end = lines.findIndex((line, at) => line === '}' && head.test(follows(at)));
  return lines.map((line, at) => (end < 0 || at < end ? `\t${line}` : line));
}

/** What of a file's patch its hunks do not say themselves. */
export interface Manner {
  /** The hunks have lost their indentation, so that it does not say what stands in a function. */
  lost: boolean;
  /** Names that could be for telling something, and are the patch's own (telling.ts). */
  own: ReadonlySet<string>;
}

export function sideOf(hunk: Hunk, side: 'before' | 'after', { lost, own }: Manner): Side {
  const other: HunkLine['kind'] = side === 'before' ? 'add' : 'delete';
  const lines = hunk.lines.filter(({ kind }) => kind !== other);
  const texts = lines.map((line) => line.text);
  const text = brace(withoutCutComments(lost ? indented(texts) : texts).join('\n'));
  let at = 0;
  let line = 0;
  const lineAt = (offset: number): number => {
    for (; at < offset; at++) if (text[at] === '\n') line++;
    return line;
  };
  const all = cut(text).map((piece) => {
    const first = lineAt(piece.start);
    const shown = lines.slice(first, lineAt(piece.end) + 1);
    return { piece, context: shown.every(({ kind }) => kind === 'context') ? shown[0]?.at : undefined };
  });
  const isLeftAway = ({ piece, context }: (typeof all)[number]) =>
    isTransparent(piece) && (context !== undefined || isMereTelling(piece, own));
  const compared = all.filter((each) => !isLeftAway(each));
  return {
    text,
    pieces: compared.map(({ piece }) => piece),
    context: compared.map(({ context }) => context),
  };
}
