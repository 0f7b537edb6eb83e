import type { Instruction } from '../vm/program.js';
import type { Frame, State } from './state.js';
import { keyOf, TooMuch, type Value } from './term.js';
import type { Standing, Walk } from './walk.js';

/** The model's primitives, as its headers bring them into the code under review. */
export function intrinsic(
  walk: Walk,
  state: State,
  frame: Frame,
  i: Extract<Instruction, { op: 'intrinsic' }>,
): Standing | undefined {
  const [first = 0] = i.args.map((operand) => walk.value(frame, operand));
  if (i.name === '__violate') return { kind: 'dead' };
  if (i.name === '__assert') {
    if (state.facts.truth(first) === false) return { kind: 'dead' };
    if (state.facts.truth(first) === undefined) state.facts.assume(first, true);
  }
  if (i.name === '__might_sleep') walk.tell(state, { kind: 'sleep', by: 'cond_resched' });
  frame.at++;
  // Who asserts that a lock is held is believed.
  const asks = i.name === '__holds' || i.name === '__held';
  if (i.d >= 0) frame.registers[i.d] = asks ? 1 : answerOf(walk, i.name, first);
  return undefined;
}

/** The one thread that runs stays the same: `current` is who it was. */
function answerOf({ around }: Walk, name: string, first: Value): Value {
  const { terms } = around.calculator;
  return name === '__own' ? terms.named(`&own ${keyOf(first)}`) : terms.symbol(name);
}

/** What the front end did not make sense of is as unknown as a call would be, unless it is the whole function. */
export function guess(frame: Frame, reason: string): Standing | undefined {
  if (reason.includes('cannot be lowered')) throw new TooMuch(reason);
  if (reason.includes('unreachable')) return { kind: 'dead' };
  frame.at++;
  return undefined;
}
