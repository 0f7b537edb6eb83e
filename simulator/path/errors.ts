import type { Facts } from './facts.js';
import { ofCounts, ofErrors } from './rule.js';
import type { State } from './state.js';
import { isTerm, type Term, type Value } from './term.js';

/** Marks a path that goes on as though something were no error, which it may be taken for. */
export function noteErrors({ facts, marks }: State, asked: Value, outcome: boolean): void {
  if (isPositiveError(asked, outcome, facts)) marks.set(ofErrors, 1);
  if (isNoNegativeError(asked, outcome, facts)) marks.set(ofCounts, 1);
}

/**
 * Whether a path goes on as though an error were a positive number: what somebody else's function answered was not
 * zero, which is how errors are told, and now it is to be 1, or more than nothing.
 */
function isPositiveError(asked: Value, outcome: boolean, facts: Facts): boolean {
  if (!isTerm(asked) || asked.shape.kind !== 'binary') return false;
  const { f, signed, a, b } = asked.shape;
  if (f === (outcome ? 'eq' : 'ne')) return !isTerm(b) && b > 0 && isError(a, facts);
  return outcome && f === 'lt' && signed && !isTerm(a) && a >= 0 && isError(b, facts);
}

/** The same where it is only said not to be negative: how many there are may be told so, too. */
function isNoNegativeError(asked: Value, outcome: boolean, facts: Facts): boolean {
  if (outcome || !isTerm(asked) || asked.shape.kind !== 'binary') return false;
  const { f, signed, a, b } = asked.shape;
  return f === 'lt' && signed && b === 0 && isError(a, facts);
}

/**
 * What somebody else's function answered, where it now is to be a positive number. That is no error, and may say what
 * became of a lock of what the function was handed: that it is held for reading from there on.
 */
export function positiveAnswer(asked: Value, outcome: boolean): Term | undefined {
  if (!isTerm(asked) || asked.shape.kind !== 'binary') return undefined;
  const { f, signed, a, b } = asked.shape;
  if (f === (outcome ? 'eq' : 'ne') && !isTerm(b) && b > 0) return answerIn(a);
  return outcome && f === 'lt' && signed && !isTerm(a) && a >= 0 ? answerIn(b) : undefined;
}

function isError(value: Value, facts: Facts): boolean {
  return isTerm(value) && answerIn(value) !== undefined && facts.of(value).not.includes(0);
}

/** Whether an answer, or what was made of it as an int, has turned out to be below zero. */
export function isNegative(answer: Value, facts: Facts): boolean {
  if (!isTerm(answer)) return answer < 0;
  return [...facts.all].some(
    ([term, { is, high }]) => (is ?? high ?? 0) < 0 && (term === answer || answerIn(term) === answer),
  );
}

/** What somebody else's function answered, of which this is made as an int. */
export function answerIn(value: Value): Term | undefined {
  if (!isTerm(value)) return undefined;
  const { shape } = value;
  if (shape.kind === 'convert') return answerIn(shape.a);
  return shape.kind === 'symbol' && shape.text.endsWith('()') ? value : undefined;
}
