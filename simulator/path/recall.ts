import type { Fn } from '../vm/program.js';
import type { Flow } from './flow.js';
import type { Asked, Frame, State } from './state.js';
import { isTerm, type Term, type Value } from './term.js';

/** A question as a reader sees it: its bare name, and whether the value that was branched on is its negation. */
interface Condition {
  bare: number;
  negated: boolean;
}

export function conditionOf(value: Value, negated = false): Condition | undefined {
  if (!isTerm(value)) return undefined;
  const { shape } = value;
  if (shape.kind === 'binary' && shape.b === 0 && isTerm(shape.a)) {
    if (shape.f === 'eq') return conditionOf(shape.a, !negated);
    if (shape.f === 'ne') return conditionOf(shape.a, negated);
  }
  return { bare: value.bare, negated };
}

/**
 * What a question is about: of `x == 3` it is x, as of `x < 5`. What is asked at one place only need not be
 * remembered.
 */
export function subjectOf(value: Value): Term | undefined {
  if (!isTerm(value)) return undefined;
  const { shape } = value;
  const compares = shape.kind === 'binary' && ['eq', 'ne', 'lt', 'le'].includes(shape.f);
  if (!compares || isTerm(shape.a) === isTerm(shape.b)) return value;
  return subjectOf(isTerm(shape.a) ? shape.a : shape.b);
}

/** Remembers what a branch was asked and answered; `open` when nothing that the path knew answered it. */
export function askedFor(frame: Frame, value: Value, outcome: boolean, other: number, open: boolean): void {
  const condition = conditionOf(value);
  if (!condition) return;
  const { bare, negated } = condition;
  frame.asked = { bare, outcome: outcome !== negated, at: frame.at, other, open, before: frame.asked };
}

/**
 * What a function that returns was asked its caller remembers. Where the caller has asked the same before, the answer
 * may be another by now: what `lock(area)` was answered anew is what `unlock(area)` will be answered.
 */
export function askedWithin(returned: Frame, caller: Frame): void {
  const met = new Set<number>();
  const isOpen = new Set<number>();
  for (let one = returned.asked; one; one = one.before) if (one.open) isOpen.add(one.bare);
  for (let one = returned.asked; one; one = one.before) {
    const { bare, outcome } = one;
    if (met.has(bare)) continue;
    met.add(bare);
    const open = isOpen.has(bare);
    if (!open && lastAsked(caller.asked, bare)) continue;
    caller.asked = { bare, outcome, at: caller.at - 1, other: -1, open, before: caller.asked };
  }
}

/** What came of the branch at which a path stands, when it was there last. */
export function outcomeAt({ asked, at, fn }: Frame): boolean {
  const i = fn.code[at];
  for (let one = asked; one; one = one.before)
    if (one.at === at && i?.op === 'branch') return one.other === i.else;
  return false;
}

export function lastAsked(asked: Asked | undefined, bare: number): Asked | undefined {
  for (let one = asked; one; one = one.before) if (one.bare === bare) return one;
  return undefined;
}

/**
 * What the answer must be, when the same was asked before and both answers led here: code that asks twice
 * whether to lock, and whether to unlock, means the same by it. Where the first answer decided about coming
 * here at all, as when something is looked at again under a lock, both are possible.
 */
export function forcedOutcome(
  state: State,
  condition: Condition,
  flowOf: (fn: Fn) => Flow,
): boolean | undefined {
  for (let depth = state.frames.length - 1; depth >= 0; depth--) {
    const frame = state.frames[depth] as Frame;
    const before = lastAsked(frame.asked, condition.bare);
    if (!before) continue;
    const at = depth === state.frames.length - 1 ? frame.at : frame.at - 1;
    if (at === before.at) return undefined;
    if (before.other >= 0 && !flowOf(frame.fn).reaches(before.other, at, before.at)) return undefined;
    return before.outcome !== condition.negated;
  }
  return undefined;
}
