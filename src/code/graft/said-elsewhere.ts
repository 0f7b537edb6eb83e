import type { Edit } from './edit.js';
import type { Outline, Part } from './outline.js';
import { isDeclaration, type Piece } from './piece.js';
import type { Placement } from './place.js';

/** A question of fewer tokens is asked everywhere. */
const longQuestion = 8;

/**
 * Why what the patch has and the baseline has not at this place is there all the same, in another place: then
 * both sides of the graft would do it, and a change that matters in the kernel would look like none. What
 * an edit that was placed before takes away at that other place the patch only moves.
 */
export function saidElsewhere(
  { part, added }: Placement,
  { functions }: Outline,
  placed: readonly Edit[] = [],
): string | undefined {
  const isTaken = ({ start, end }: Piece) =>
    placed.some((edit) => edit.after !== undefined && edit.start <= start && end <= edit.end);
  const twice = added.find(
    (piece) =>
      isDeclaration(piece) && part.pieces.some((other) => other.text === piece.text && !isTaken(other)),
  );
  if (twice !== undefined) return 'the baseline declares the same at another place';
  const questions = added.filter(({ kind, tokens }) => kind === 'head' && tokens.length >= longQuestion);
  const mentions = (one: Part, other: Part) =>
    one.pieces.some(({ tokens }) => tokens.includes(other.name ?? ''));
  const asking = functions.find(
    (other) =>
      other !== part &&
      (mentions(part, other) || mentions(other, part)) &&
      other.pieces.some(({ text }) => questions.some((question) => question.text === text)),
  );
  return asking === undefined ? undefined : `${asking.name}() asks the same already`;
}
