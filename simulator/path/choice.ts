import type { Calculator } from './calculate.js';
import type { Facts } from './facts.js';
import { isTerm, type Value } from './term.js';

/** A switch that a path stands at. */
export interface Choice {
  given: Value;
  cases: { value: number; to: number }[];
  otherwise: number;
  facts: Facts;
  calculator: Calculator;
}

/** A way through a switch; without a value: that of no case. */
export interface CaseWay {
  value: number | undefined;
  to: number;
}

/** The cases that are possible; the last is that of none. */
export function waysOf({ given, cases, otherwise, facts, calculator }: Choice): CaseWay[] {
  const known = facts.known(given);
  const none = { value: undefined, to: otherwise };
  if (!isTerm(known)) {
    const hit = cases.find(({ value }) => value === known);
    return hit ? [hit] : [...cases.filter(({ value }) => isUnsureCase(value)), none];
  }
  const truthOf = (value: number) => facts.truth(calculator.binary('eq', 32, false, known, value));
  const possible = cases.filter(({ value }) => truthOf(value) !== false);
  const certain = possible.find(({ value }) => truthOf(value) === true);
  return certain ? [certain] : [...possible, none];
}

/** Learns which case it was. */
export function assumeCase({ given, cases, facts, calculator }: Choice, value: number | undefined): void {
  if (!isTerm(given)) return;
  const equal = (to: number) => calculator.binary('eq', 32, false, given, to);
  if (value !== undefined) {
    if (!isUnsureCase(value)) facts.assume(equal(value), true);
    return;
  }
  for (const each of cases)
    if (!isUnsureCase(each.value) && facts.truth(equal(each.value)) === undefined)
      facts.assume(equal(each.value), false);
}

/** The stand-in for a case whose value nobody knows (simulator/c/lower/switch.ts). */
function isUnsureCase(value: number): boolean {
  return value >= 0x7ead_0000 && value <= 0x7ead_ffff;
}
