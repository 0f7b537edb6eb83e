import type { Facts } from './facts.js';
import { isTerm, type Term, type Value } from './term.js';

/**
 * Whether a path goes on as though an error were a positive number: what somebody else's function answered was not
 * zero, which is how errors are told, and now it is to be 1, or more than nothing.
 */
export function isPositiveError(asked: Value, outcome: boolean, facts: Facts): boolean {
  if (!isTerm(asked) || asked.shape.kind !== 'binary') return false;
  const { f, signed, a, b } = asked.shape;
  if (f === (outcome ? 'eq' : 'ne')) return !isTerm(b) && b > 0 && isError(a, facts);
  return outcome && f === 'lt' && signed && !isTerm(a) && a >= 0 && isError(b, facts);
}

function isError(value: Value, facts: Facts): boolean {
  return isTerm(value) && isAnswer(value) && facts.of(value).not.includes(0);
}

/** What somebody else's function answered, as an int. */
function isAnswer({ shape }: Term): boolean {
  if (shape.kind === 'convert') return isTerm(shape.a) && isAnswer(shape.a);
  return shape.kind === 'symbol' && shape.text.endsWith('()');
}
