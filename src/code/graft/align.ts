import type { Piece } from './piece.js';
import { similarity, weight } from './similarity.js';

/** How a run of pieces lies on a function of the baseline. */
export interface Alignment {
  /** For each piece the index of its partner, or -1. */
  partner: number[];
  /** How much each is alike its partner; 0 without one. */
  likeness: number[];
  /** What is alike less what had to be left out on either side, of what could be: at most 1. */
  fit: number;
  /** The fit of the best alignment that puts this piece elsewhere. */
  otherwise(piece: number): number;
}

const skipped = 0.5;

/** Best scores of the first `i` pieces, whatever part of the base they use, when the base is read up to `j`. */
function table(pieces: readonly Piece[], base: readonly Piece[], alike: number[][]): Float64Array[] {
  const rows = [new Float64Array(base.length + 1)];
  for (const [i, piece] of pieces.entries()) {
    const above = rows[i]!;
    const row = new Float64Array(base.length + 1);
    const own = weight(piece);
    row[0] = above[0]! - skipped * own;
    for (let j = 1; j <= base.length; j++) {
      const same = alike[i]![j - 1]!;
      const both = same > 0 ? above[j - 1]! + own * same : Number.NEGATIVE_INFINITY;
      row[j] = Math.max(both, above[j]! - skipped * own, row[j - 1]! - skipped * weight(base[j - 1]!));
    }
    rows.push(row);
  }
  return rows;
}

function reversed<T>(list: readonly T[]): T[] {
  return [...list].reverse();
}

/** Finds where in the base the pieces lie best; all of the pieces, some run of the base. */
export function align(pieces: readonly Piece[], base: readonly Piece[]): Alignment {
  const alike = pieces.map((piece) => base.map((other) => similarity(piece, other)));
  const before = table(pieces, base, alike);
  const behind = table(reversed(pieces), reversed(base), reversed(alike.map(reversed)));
  const all = pieces.reduce((sum, piece) => sum + weight(piece), 0) || 1;
  /** The best alignment in which piece `i` lies on `j`. */
  const through = (i: number, j: number): number => {
    const same = alike[i]![j]!;
    if (same === 0) return Number.NEGATIVE_INFINITY;
    const rest = behind[pieces.length - 1 - i]![base.length - 1 - j]!;
    return before[i]![j]! + weight(pieces[i]!) * same + rest;
  };
  const partner = trace(pieces, alike, before);
  const otherwise = (piece: number): number => {
    let best = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < base.length; j++) {
      if (j !== partner[piece]) best = Math.max(best, through(piece, j));
    }
    return best / all;
  };
  const likeness = partner.map((j, i) => (j < 0 ? 0 : alike[i]![j]!));
  return { partner, likeness, fit: Math.max(...before[pieces.length]!) / all, otherwise };
}

/** Reads the best alignment back out of the table. */
function trace(pieces: readonly Piece[], alike: number[][], rows: Float64Array[]): number[] {
  const partner = new Array<number>(pieces.length).fill(-1);
  const last = rows[pieces.length]!;
  let j = last.indexOf(Math.max(...last));
  for (let i = pieces.length; i > 0; ) {
    const own = weight(pieces[i - 1]!);
    const here = rows[i]![j]!;
    const same = j > 0 ? alike[i - 1]![j - 1]! : 0;
    if (same > 0 && here === rows[i - 1]![j - 1]! + own * same) partner[--i] = --j;
    else if (j === 0 || here === rows[i - 1]![j]! - skipped * own) i--;
    else j--;
  }
  return partner;
}
