import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import {
  decodeSchedule,
  encodeSchedule,
  explore,
  type Found,
  replay,
  type Scenario,
  type Verdict,
} from '../../../simulator/index.js';
import { smallProgram } from './small-program.js';

const locks = readFileSync(new URL('locks.c', import.meta.url), 'utf8');

/** A small program in two forms: as it is with `BROKEN` defined, and repaired. */
export interface Pair {
  text: string;
  threads: string[];
  more?: Partial<Scenario>;
}

/** Compiles a form of a pair; the locks of locks.c are there. */
export function scenarioOf({ text, threads, more = {} }: Pair, broken = false): Scenario {
  return smallProgram(locks + text, threads, broken ? { BROKEN: 1 } : {}, more);
}

export function exploreBoth(scenario: Scenario, states = 100_000): Verdict[] {
  return [false, true].map((full) => explore(scenario, { states, full }));
}

/**
 * The broken form is violated by this rule, in the reduced and in the full search; each witness arrives at
 * the same violation when it is read back from its text. The repaired form holds, completely. Returns what
 * the reduced search found first.
 */
export function expectFound(pair: Pair, rule: string): Found {
  const broken = scenarioOf(pair, true);
  const found = exploreBoth(broken).map((verdict) => {
    expect(verdict.kind).toBe('violated');
    const [first] = verdict.violations;
    expect(first?.rule).toBe(rule);
    for (const violation of verdict.violations) expectReplay(broken, violation);
    return first as Found;
  });
  expectHolds(scenarioOf(pair));
  return found[0] as Found;
}

export function expectReplay(scenario: Scenario, found: Found): void {
  const { problem, misfit } = replay(scenario, decodeSchedule(encodeSchedule(found.schedule))!);
  expect(misfit).toBeUndefined();
  const { rule, message, object, function: name } = found;
  expect(problem).toMatchObject({ rule, message, object, function: name });
}

/** Nothing is wrong, and that is known of every interleaving. */
export function expectHolds(scenario: Scenario): void {
  for (const verdict of exploreBoth(scenario)) {
    const { kind, bound, why, violations } = verdict;
    expect({ kind, bound, why, violations }).toEqual({
      kind: 'holds',
      bound: 'complete',
      why: [],
      violations: [],
    });
  }
}

/** The scenario cannot be judged, and says so: never "holds". */
export function expectNotAnalysed(scenario: Scenario, why: RegExp): void {
  for (const verdict of exploreBoth(scenario)) {
    expect(verdict.kind).toBe('not-analysed');
    expect(verdict.why.join('\n')).toMatch(why);
  }
}
