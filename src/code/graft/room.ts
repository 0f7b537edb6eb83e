import type { Alignment } from './align.js';
import type { Part } from './outline.js';
import type { Piece } from './piece.js';
import { weight } from './similarity.js';

/** The pieces of the baseline that a change takes the place of. */
export interface Room {
  pieces: Piece[];
  /** Where to insert when there are none: behind the piece above, or before the one below. */
  at: number;
  isAbove: boolean;
  /** All of them are in the diff word for word. */
  exact: boolean;
  margin: number;
}

/** A neighbour less alike than this does not tell where a change is. */
const nearlySame = 0.75;

/** The room for the changed pieces `own` of what was laid, between its neighbours; a string says why there is none. */
export function roomFor(
  laid: readonly Piece[],
  own: readonly number[],
  { above, below }: { above: number; below: number },
  alignment: Alignment,
  part: Part,
): Room | string {
  const { partner, likeness, fit, otherwise } = alignment;
  const places = own.map((index) => partner[index]!);
  if (places.some((place) => place < 0)) return 'the baseline has neither side of the change';
  if (places.some((place, at) => place !== places[0]! + at)) return 'the baseline does more at this place';
  const exact = own.every((index) => laid[index]!.text === part.pieces[partner[index]!]!.text);
  const near = [above, below].map((index) => (likeness[index]! < nearlySame ? -1 : partner[index]));
  // What is there word for word needs but one neighbour; where nothing is there each that is shown counts.
  const lost = near.filter((place) => place === -1).length;
  const found = near.filter((place) => place !== undefined && place >= 0).length;
  const opens = own.length > 0 && laid[own[0]!]!.kind === 'function';
  const isKnown = exact && own.some((index) => weight(laid[index]!) === 1);
  if ((found === 0 && !opens) || (lost > 0 && !isKnown))
    return 'the baseline does not have what stands around the change';
  const first = places[0] ?? near[1] ?? near[0]! + 1;
  const end = places.length > 0 ? places.at(-1)! + 1 : first;
  const leaves = (near[0] ?? -1) >= 0 && near[0]! + 1 !== first;
  if (leaves || ((near[1] ?? -1) >= 0 && near[1] !== end)) return 'the baseline does more at this place';
  const telling = [
    ...own.filter((index) => !isBrace(laid[index]!)),
    nearestTelling(laid, above, -1),
    nearestTelling(laid, below, 1),
  ];
  const margin = Math.min(
    ...telling.flatMap((index) => (index < 0 || partner[index]! < 0 ? [] : fit - otherwise(index))),
  );
  const at = near[0] === undefined ? part.pieces[first]!.start : part.pieces[first - 1]!.end;
  return { pieces: part.pieces.slice(first, end), at, isAbove: near[0] === undefined, exact, margin };
}

function isBrace({ kind }: Piece): boolean {
  return kind === 'open' || kind === 'close';
}

/** A brace may be taken for the next one at little cost; what stands behind it tells where one is. */
function nearestTelling(laid: readonly Piece[], from: number, step: 1 | -1): number {
  let at = from;
  while (laid[at] !== undefined && isBrace(laid[at])) at += step;
  return laid[at] === undefined ? -1 : at;
}
