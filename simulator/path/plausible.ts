import { isNew } from './cells.js';
import { answerIn } from './errors.js';
import { isErrorTest } from './facts.js';
import { isLastOfOwn } from './reference.js';
import { excusedFrom, ofFound, ofLast, ofNew } from './rule.js';
import type { State } from './state.js';
import { isTerm, type Term, type Value } from './term.js';

/** The mark of a path that has found out that others hold an object, too: what was begun for it the last of them ends. */
export const ofOthers = excusedFrom('what others hold');

/** Marks a path whose answers say that it need not do what others do, or that it is none. */
export function notePlausible(state: State, asked: Value, outcome: boolean): void {
  if (!isTerm(asked)) return;
  const { marks, facts } = state;
  if (isLastOfOwn(state, asked, outcome)) marks.set(ofLast, 1);
  if (asked.shape.kind !== 'binary') return;
  if (outcome && hasOthers(asked)) marks.set(ofOthers, 1);
  if (outcome && isErrorTest(asked.shape) && facts.of(asked.shape.b as Term).found) marks.set(ofFound, 1);
  if (isOldAndNew(asked, outcome)) marks.set(ofNew, 1);
}

/** Whether it is asked if there are more references than one. */
function hasOthers({ shape }: Term): boolean {
  const { f, a, b } = shape as Extract<Term['shape'], { kind: 'binary' }>;
  const isMore = !isTerm(a) && ((f === 'lt' && a >= 1) || (f === 'le' && a >= 2));
  const answered = isMore ? answerIn(b) : undefined;
  return answered?.shape.kind === 'symbol' && counts.has(answered.shape.text);
}

const counts = new Set(['refcount_read()', 'kref_read()']);

/** Whether what was allocated on the way turns out to be something that has another name. */
function isOldAndNew({ shape }: Term, outcome: boolean): boolean {
  const { f, a, b } = shape as Extract<Term['shape'], { kind: 'binary' }>;
  if (f === 'eq' && b === 0 && isTerm(a) && a.shape.kind === 'binary') return isOldAndNew(a, !outcome);
  if (f !== (outcome ? 'eq' : 'ne') || !isTerm(a) || !isTerm(b)) return false;
  return [a, b].filter((one) => one.shape.kind === 'symbol' && isNew(one)).length === 1;
}
