import type { Instruction } from '../vm/program.js';
import type { Calculator } from './calculate.js';
import type { Facts } from './facts.js';
import type { Frame, State } from './state.js';
import { constantName, isTerm, type Term, type Value } from './term.js';
import type { Walk } from './walk.js';

/** A switch that a path stands at. */
export interface Choice {
  given: Value;
  /** A case whose value is a term is a name from a header that is not read. */
  cases: { value: Value; to: number }[];
  otherwise: number;
  facts: Facts;
  calculator: Calculator;
}

/** A way through a switch; without a value: that of no case. */
export interface CaseWay {
  value: Value | undefined;
  to: number;
}

export function choiceAt(
  walk: Walk,
  { facts }: State,
  frame: Frame,
  { a, cases, otherwise }: Extract<Instruction, { op: 'switch' }>,
): Choice {
  return {
    given: walk.value(frame, a),
    cases: cases.map(([operand, to]) => ({ value: walk.value(frame, operand), to })),
    otherwise,
    facts,
    calculator: walk.around.calculator,
  };
}

/**
 * The cases that are possible; the last is that of none. What is one of the names is none of the others, and none of
 * its like, `MODE_READ` and `MODE_WRITE`, in another switch.
 */
export function waysOf(choice: Choice): CaseWay[] {
  const { cases, otherwise, facts } = choice;
  const known = facts.known(choice.given);
  const names = isTerm(known) ? namesOf(known, facts) : [];
  const truthOf = (value: Value) => {
    if (isUnsureCase(value)) return undefined;
    const name = isTerm(value) ? constantName(value) : undefined;
    if (name !== undefined && names.some((one) => one !== name && kindOf(one) === kindOf(name))) return false;
    return facts.truth(equal({ ...choice, given: known }, value));
  };
  const certain = cases.find(({ value }) => truthOf(value) === true);
  if (certain) return [certain];
  return [...cases.filter(({ value }) => truthOf(value) !== false), { value: undefined, to: otherwise }];
}

/** The names that a value has turned out to be, however wide it was then. */
function namesOf(value: Term, facts: Facts): string[] {
  return [...facts.all.keys()].flatMap((fact) => {
    const { shape } = fact;
    if (shape.kind !== 'binary' || shape.f !== 'eq' || facts.truth(fact) !== true) return [];
    const [one, other] = isSame(shape.a, value) ? [shape.b, shape.a] : [shape.a, shape.b];
    return (isSame(other, value) && isTerm(one) && constantName(one)) || [];
  });
}

function isSame(a: Value, b: Term): boolean {
  return a === b || (isTerm(a) && a.shape.kind === 'convert' && isSame(a.shape.a, b));
}

/** What the names of one enumeration begin with. */
const kindOf = (name: string): string => name.replace(/_.*/, '');

/** Learns which case it was. */
export function assumeCase(choice: Choice, value: Value | undefined): void {
  const { given, cases, facts } = choice;
  if (value !== undefined) {
    if (isTerm(given) && !isUnsureCase(value)) facts.assume(equal(choice, value), true);
    return;
  }
  if (!isTerm(given)) return;
  for (const each of cases)
    if (!isUnsureCase(each.value) && facts.truth(equal(choice, each.value)) === undefined)
      facts.assume(equal(choice, each.value), false);
}

/** What a switch asks beside what it is given: whether that is what a name stands for. */
export function questionsOf(choice: Choice): Term[] {
  const named = choice.cases.filter(({ value }) => isTerm(value));
  return named.map(({ value }) => equal(choice, value)).filter(isTerm);
}

function equal({ given, calculator }: Choice, value: Value): Value {
  return calculator.binary('eq', 32, false, given, value);
}

/** The stand-in for a case whose value nobody knows, and that is no name (simulator/c/lower/switch.ts). */
function isUnsureCase(value: Value): boolean {
  return !isTerm(value) && value >= 0x7ead_0000 && value <= 0x7ead_ffff;
}
