import { cut } from './cut.js';
import type { Piece } from './piece.js';

const deepest = 100;

/**
 * The same text with braces around every body that has none, so that a statement can be put before or behind
 * a single one. Lines keep their numbers. A body that the fragment does not show whole stays as it is.
 */
export function brace(text: string): string {
  const pieces = cut(text);
  const inserts: { at: number; what: string }[] = [];
  for (const [index, piece] of pieces.entries()) {
    const body = pieces[index + 1];
    if (body === undefined || !opensBody(piece, body)) continue;
    const end = statementEnd(pieces, index + 1, 0);
    if (end === undefined) continue;
    inserts.push({ at: piece.end, what: ' {' }, { at: pieces[end - 1]!.end, what: ' }' });
  }
  inserts.sort((a, b) => a.at - b.at);
  let braced = '';
  let from = 0;
  for (const { at, what } of inserts) {
    braced += text.slice(from, at) + what;
    from = at;
  }
  return braced + text.slice(from);
}

function opensBody(piece: Piece, body: Piece): boolean {
  if (body.kind === 'open' || body.kind === 'close') return false;
  if (piece.kind === 'head') return true;
  return piece.kind === 'else' && !(piece.text === 'else' && body.tokens[0] === 'if');
}

/** The index behind the statement that begins at `at`; undefined when the fragment ends before it does. */
function statementEnd(pieces: Piece[], at: number, depth: number): number | undefined {
  const piece = pieces[at];
  if (piece === undefined || depth > deepest) return undefined;
  if (piece.kind === 'open') return blockEnd(pieces, at);
  if (piece.kind === 'close' || piece.margin) return undefined;
  if (piece.kind === 'statement' || piece.kind === 'directive') return at + 1;
  const end = statementEnd(pieces, at + 1, depth + 1);
  if (end === undefined) return undefined;
  if (piece.text === 'do') return end + 1;
  const goesOn = piece.tokens[0] === 'if' && pieces[end]?.text === 'else';
  return goesOn ? statementEnd(pieces, end + 1, depth + 1) : end;
}

function blockEnd(pieces: Piece[], at: number): number | undefined {
  let depth = 0;
  for (let end = at; end < pieces.length; end++) {
    if (pieces[end]!.kind === 'open') depth++;
    if (pieces[end]!.kind === 'close' && --depth === 0) return end + 1;
  }
  return undefined;
}
