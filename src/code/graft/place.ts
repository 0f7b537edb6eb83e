import { align } from './align.js';
import type { Edit } from './edit.js';
import type { Part } from './outline.js';
import { graftLimit, type Piece } from './piece.js';
import { type Room, roomFor } from './room.js';
import { type Column, isChange } from './script.js';
import type { Segment } from './segment.js';
import { weight } from './similarity.js';

/** A segment laid on a function of the baseline. */
export interface Placement {
  part: Part;
  /** See Alignment. */
  fit: number;
  /** What was found there, by weight. */
  mass: number;
  /** How much worse the next best place is, or the other side of the patch. */
  margin: number;
  edits: Edit[];
  /** What the patch has on its other side, where the baseline has nothing. */
  added: Piece[];
  /** Why the edits cannot be made there; undefined when they can. */
  why: string | undefined;
}

/** Neighbouring changed columns, `to` exclusive. */
interface Group {
  from: number;
  to: number;
}

type SideName = 'before' | 'after';

/** The text of both sides of a hunk. */
export type Texts = Record<SideName, string>;

function groupsOf(columns: readonly Column[]): Group[] {
  const groups: Group[] = [];
  for (const [at, column] of columns.entries()) {
    if (!isChange(column)) continue;
    const last = groups.at(-1);
    if (last?.to === at) last.to++;
    else groups.push({ from: at, to: at + 1 });
  }
  return groups;
}

/** Each way in which the baseline may be one or the other side of every group; the patch's own sides first. */
function* choicesOf(count: number): Generator<SideName[]> {
  const all = (side: SideName) => new Array<SideName>(count).fill(side);
  yield all('before');
  yield all('after');
  if (count > graftLimit.groups) return;
  for (let bits = 1; bits < 2 ** count - 1; bits++)
    yield Array.from({ length: count }, (_, at) => (bits & (1 << at) ? 'before' : 'after'));
}

/**
 * Lays a segment on a part of the baseline. The baseline may already be what the patch makes of it, or still
 * be what it was: what is there decides, change for change. Both sides of a change come out as the diff has
 * them; the baseline is what stands around them.
 */
export function place(segment: Segment, part: Part, texts: Texts): Placement {
  const groups = groupsOf(segment.columns);
  const tried = [...choicesOf(groups.length)].map((sides) => lay(segment, groups, sides, part, texts));
  const best = tried.reduce((one, other) => (isBetter(other, one) ? other : one));
  // Which side the baseline is does not matter, as both are put in; where the change is does.
  for (const other of tried) {
    if (other.why === undefined && other.mass >= best.mass && !isSamePlace(other, best))
      best.margin = Math.min(best.margin, best.fit - other.fit);
  }
  return best;
}

function isSamePlace(a: Placement, b: Placement): boolean {
  return a.edits.every(({ start, end }, at) => b.edits[at]!.start === start && b.edits[at]!.end === end);
}

function isBetter(a: Placement, b: Placement): boolean {
  if ((a.why === undefined) !== (b.why === undefined)) return a.why === undefined;
  // Of two that fit alike, the one that finds more of the patch there: the other would put it in twice.
  return a.fit > b.fit || (a.fit === b.fit && a.mass > b.mass);
}

function lay(segment: Segment, groups: Group[], sides: SideName[], part: Part, texts: Texts): Placement {
  const { columns } = segment;
  const laid: { piece: Piece; column: number }[] = [];
  for (const [column, { before, after }] of columns.entries()) {
    const group = groups.findIndex(({ from, to }) => column >= from && column < to);
    const piece = group < 0 ? before : sides[group] === 'before' ? before : after;
    if (piece !== undefined) laid.push({ piece, column });
  }
  const alignment = align(
    laid.map(({ piece }) => piece),
    part.pieces,
  );
  const mass = laid.reduce((sum, { piece }, at) => sum + weight(piece) * alignment.likeness[at]!, 0);
  const placement: Placement = {
    part,
    fit: alignment.fit,
    mass,
    margin: 1,
    edits: [],
    added: [],
    why: undefined,
  };
  for (const [at, group] of groups.entries()) {
    const own = laid.flatMap(({ column }, index) => (column >= group.from && column < group.to ? index : []));
    const first = laid.findIndex(({ column }) => column >= group.from);
    const lastOf = first < 0 ? laid.length : first;
    const neighbours = { above: lastOf - 1, below: lastOf + own.length };
    const room = roomFor(
      laid.map(({ piece }) => piece),
      own,
      neighbours,
      alignment,
      part,
    );
    if (typeof room === 'string') return { ...placement, why: room };
    placement.margin = Math.min(placement.margin, room.margin);
    const changed = columns.slice(group.from, group.to);
    placement.edits.push(editOf(changed, sides[at]!, room, texts));
    if (own.length === 0) placement.added.push(...changed.map(({ before, after }) => (before ?? after)!));
  }
  return placement;
}

function editOf(columns: Column[], side: SideName, room: Room, texts: Texts): Edit {
  const first = room.pieces[0];
  const last = room.pieces.at(-1);
  const start = first?.start ?? room.at;
  const end = last?.end ?? room.at;
  const shown = (wanted: SideName): string | undefined => {
    const pieces = columns.flatMap((column) => column[wanted] ?? []);
    if (wanted === side && room.exact) return undefined;
    if (pieces.length === 0) return '';
    const text = texts[wanted].slice(pieces[0]!.start, pieces.at(-1)!.end);
    const line = indentOf(texts[wanted], pieces[0]!.start);
    if (first !== undefined) return text;
    return room.isAbove ? `${text}\n${line}` : `\n${line}${text}`;
  };
  return { start, end, before: shown('before'), after: shown('after') };
}

function indentOf(text: string, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return /^\s*/.exec(text.slice(line, at))![0];
}
