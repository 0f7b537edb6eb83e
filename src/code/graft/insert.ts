import type { Edit } from './edit.js';
import { functionNamed, type Outline, type Part } from './outline.js';
import type { Piece } from './piece.js';
import type { Texts } from './place.js';
import type { Segment } from './segment.js';

type SideName = 'before' | 'after';

/** All that the diff shows of the function is all of the function, on each side that has it. */
export function isWhole({ whole, before, after }: Segment): boolean {
  if (before === undefined && after === undefined) return false;
  return (before === undefined || whole.before) && (after === undefined || whole.after);
}

function textOf(segment: Segment, side: SideName, texts: Texts): string {
  const pieces = segment.columns.flatMap((column) => column[side] ?? []);
  return pieces.length === 0 ? '' : texts[side].slice(pieces[0]!.start, pieces.at(-1)!.end);
}

function uses(part: Part, name: string): boolean {
  return part.pieces.some(({ tokens }) => tokens.includes(name));
}

/** Executes a function as it stands in the diff: it takes the place of the baseline's, or has none there yet. */
export function insertWhole(segment: Segment, outline: Outline, texts: Texts): Edit {
  const part = functionNamed(outline, segment.before) ?? functionNamed(outline, segment.after);
  const [before, after] = [textOf(segment, 'before', texts), textOf(segment, 'after', texts)];
  if (part !== undefined) return { start: part.start, end: part.end, before, after };
  const name = (segment.after ?? segment.before)!;
  const at = outline.functions.find((other) => uses(other, name))?.start ?? outline.text.length;
  const spaced = (text: string): string => (text === '' ? '' : `${text}\n\n`);
  return { start: at, end: at, before: spaced(before), after: spaced(after) };
}

/** Declarations that only one side has and that the baseline lacks stand before its first function. */
export function insertOutside(segment: Segment, outline: Outline, texts: Texts): Edit | undefined {
  const changed = segment.columns.filter(
    (column) => column.before === undefined || column.after === undefined,
  );
  const sides = new Set(changed.map((column) => (column.before === undefined ? 'after' : 'before')));
  const [side] = [...sides] as SideName[];
  if (sides.size !== 1 || side === undefined) return undefined;
  const pieces = changed.map((column) => column[side]!);
  const text = texts[side].slice(pieces[0]!.start, pieces.at(-1)!.end);
  const isOneRun =
    segment.columns.lastIndexOf(changed.at(-1)!) - segment.columns.indexOf(changed[0]!) + 1 ===
    changed.length;
  if (!isOneRun || !areDeclarations(pieces)) return undefined;
  const at = outline.functions[0]?.start ?? outline.text.length;
  return { start: at, end: at, before: '', after: '', [side]: `${text}\n\n` };
}

/** Nothing outside of braces that does not begin in the first column, and every brace closed. */
function areDeclarations(pieces: readonly Piece[]): boolean {
  let depth = 0;
  for (const { kind, margin } of pieces) {
    if (kind === 'close') depth--;
    if (depth < 0 || (depth === 0 && kind !== 'open' && !margin)) return false;
    if (kind === 'open') depth++;
  }
  return depth === 0;
}
