import { brace } from './brace.js';
import { cut } from './cut.js';
import { declaredName, type Piece } from './piece.js';
import { isTransparent } from './telling.js';

/** A function of a file, or everything outside of functions. */
export interface Part {
  /** Undefined: outside of functions. */
  name: string | undefined;
  /** Offsets in the outline's text. */
  start: number;
  end: number;
  pieces: Piece[];
}

/** A file of a baseline, cut into its functions. */
export interface Outline {
  /** With braces around every body: its offsets are meant. */
  text: string;
  functions: Part[];
  outside: Part;
}

export function outlineOf(file: string): Outline {
  const text = brace(file);
  const pieces = cut(text).filter((piece) => !isTransparent(piece));
  const functions: Part[] = [];
  const outside: Piece[] = [];
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at]!;
    const end = pieces.findIndex((other, index) => index > at && other.kind === 'close' && other.margin);
    if (piece.kind !== 'function' || end < 0) {
      outside.push(piece);
      at++;
      continue;
    }
    const own = pieces.slice(at, end + 1);
    functions.push({
      name: declaredName(piece.tokens),
      start: piece.start,
      end: own.at(-1)!.end,
      pieces: own,
    });
    at = end + 1;
  }
  return { text, functions, outside: { name: undefined, start: 0, end: text.length, pieces: outside } };
}

export function functionNamed(outline: Outline, name: string | undefined): Part | undefined {
  return name === undefined ? undefined : outline.functions.find((part) => part.name === name);
}
