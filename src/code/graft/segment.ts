import { declaredName, type Piece } from './piece.js';
import { type Column, isChange } from './script.js';

/** The part of a hunk that lies in one function, or between functions. */
export interface Segment {
  columns: Column[];
  /** The function's name before and after; undefined where neither the hunk nor its header tells. */
  before: string | undefined;
  after: string | undefined;
  /** Outside of functions. */
  outside: boolean;
  /** The head of the function is in the hunk. */
  headed: boolean;
  /** The sides on which the whole function is in the hunk, its name as well. */
  whole: { before: boolean; after: boolean };
}

const either = ({ before, after }: Column): Piece => (before ?? after)!;

/** The function's name in what git wrote behind the second `@@`; a label tells nothing. */
function sectionName(section: string): string | undefined {
  if (!/^[A-Za-z_]/.test(section) || /^\w+:/.test(section)) return undefined;
  return /\b([A-Za-z_]\w*)\s*\(/.exec(section)?.[1];
}

function newSegment(name: string | undefined, outside: boolean, headed: boolean): Segment {
  return { columns: [], before: name, after: name, outside, headed, whole: { before: false, after: false } };
}

/** Cuts a hunk's script at the ends of functions. Parts without a change are left out. */
export function segmentsOf(script: Column[], section: string): Segment[] {
  const segments: Segment[] = [];
  let current = newSegment(sectionName(section), false, false);
  const next = (segment: Segment): void => {
    segments.push(current);
    current = segment;
  };
  for (const column of script) {
    const piece = either(column);
    if (piece.kind === 'function') {
      const name = declaredName(piece.tokens);
      if (!isOtherHead(current, column)) next(newSegment(undefined, false, true));
      if (column.before !== undefined) current.before = name;
      if (column.after !== undefined) current.after = name;
    } else if (standsOutside(piece) && !current.outside) {
      next(newSegment(undefined, true, false));
    }
    current.columns.push(column);
    if (piece.kind === 'close' && piece.margin && endsFunction(current, column))
      next(newSegment(undefined, true, false));
  }
  segments.push(current);
  return segments.filter(({ columns }) => columns.some(isChange)).map(complete);
}

/** What begins in the first column is no statement of a function. A condition of the preprocessor may be in one. */
function standsOutside({ kind, margin, text }: Piece): boolean {
  if (kind === 'directive') return /^# ?(include|define|undef)\b/.test(text);
  return kind === 'statement' && margin;
}

/** A function's head was changed: the deleted and the added one follow each other. */
function isOtherHead(segment: Segment, column: Column): boolean {
  if (!segment.headed || !isChange(column)) return false;
  const heads = segment.columns.filter((one) => either(one).kind === 'function');
  return (
    heads.length === segment.columns.length &&
    heads.every((one) => isChange(one) && (one.before === undefined) !== (column.before === undefined))
  );
}

/** A brace of one side ends the function when all of the function is that side's alone. */
function endsFunction({ headed, columns }: Segment, column: Column): boolean {
  if (!isChange(column)) return true;
  const other = column.before === undefined ? 'before' : 'after';
  return headed && columns.every((one) => one[other] === undefined);
}

function complete(segment: Segment): Segment {
  const shows = (side: 'before' | 'after'): boolean => {
    const pieces = segment.columns.flatMap((column) => column[side] ?? []);
    const last = pieces.at(-1);
    return pieces[0]?.kind === 'function' && last?.kind === 'close' && last.margin;
  };
  const sides = segment.columns.map((column) => [column.before, column.after]);
  const only = (at: 0 | 1): boolean => sides.every((pair) => pair[1 - at] === undefined);
  return {
    ...segment,
    before: only(1) ? undefined : segment.before,
    after: only(0) ? undefined : segment.after,
    whole: { before: shows('before'), after: shows('after') },
  };
}
