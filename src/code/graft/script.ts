import type { Piece } from './piece.js';
import type { Side } from './side.js';

/** A piece on one side of a hunk, or the same piece on both. */
export interface Column {
  before?: Piece;
  after?: Piece;
}

/** Lines that the diff itself calls the same outweigh any other likeness. */
const context = 8;

/** What a hunk does as pieces: moved white space, new braces and comments are no change. */
export function scriptOf(before: Side, after: Side): Column[] {
  const [rows, columns] = [before.pieces.length, after.pieces.length];
  const gain = (i: number, j: number): number => {
    if (before.pieces[i]!.text !== after.pieces[j]!.text) return 0;
    const line = before.context[i];
    return line !== undefined && line === after.context[j] ? context : 1;
  };
  const best = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const same = gain(i, j);
      const both = same > 0 ? best[i + 1]![j + 1]! + same : 0;
      best[i]![j] = Math.max(both, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  const script: Column[] = [];
  for (let i = 0, j = 0; i < rows || j < columns; ) {
    const same = i < rows && j < columns ? gain(i, j) : 0;
    if (same > 0 && best[i]![j] === best[i + 1]![j + 1]! + same)
      script.push({ before: before.pieces[i++]!, after: after.pieces[j++]! });
    else if (i < rows && (j === columns || best[i]![j] === best[i + 1]![j]!))
      script.push({ before: before.pieces[i++]! });
    else script.push({ after: after.pieces[j++]! });
  }
  return script;
}

export function isChange(column: Column): boolean {
  return column.before === undefined || column.after === undefined;
}
