import { excusedFrom } from './rule.js';
import type { State } from './state.js';
import { isTerm, type Term, type Value } from './term.js';

const takes = new Set(['refcount_inc', 'kref_get']);
/** Each drops a reference and answers whether it was the last one. */
const drops = /^(kref_put|refcount_dec_and_(test|(mutex_)?lock(_irqsave)?))$/;

/** The mark of a path that has taken a reference, and then what was answered when it dropped one again. */
const markOf = (counter: Term): string => excusedFrom(`a reference to ${counter.bare}`);

/** Remembers references that the path takes and drops; whoever had one before it has it still. */
export function noteReference(
  { marks }: State,
  name: string,
  [counter]: readonly Value[],
  answer: Term,
): void {
  const isTaken = takes.has(name);
  if ((!isTaken && !drops.test(name)) || counter === undefined || !isTerm(counter)) return;
  const mark = markOf(counter);
  if (isTaken) marks.set(mark, 1);
  else if (marks.has(mark)) {
    if (marks.get(mark) === 1) marks.set(mark, answer);
    else marks.delete(mark);
  }
}

/** Whether the reference that the path itself has taken is to have been the last one when it dropped it. */
export function isLastOfOwn(state: State, asked: Term, outcome: boolean): boolean {
  const { shape } = asked;
  if (shape.kind === 'binary' && shape.b === 0 && isTerm(shape.a)) {
    if (shape.f === 'eq') return isLastOfOwn(state, shape.a, !outcome);
    if (shape.f === 'ne') return isLastOfOwn(state, shape.a, outcome);
  }
  if (!outcome || shape.kind !== 'symbol') return false;
  const [counter] = shape.from;
  return counter !== undefined && isTerm(counter) && state.marks.get(markOf(counter)) === asked;
}
