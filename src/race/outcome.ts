import type { Verdict as Explored, Run, Scenario } from '../../simulator/index.js';
import type { Verdict } from '../finding/verdict.js';
import type { Race } from './race.js';
import type { Violation } from './violation.js';

/** A race on one version of the code. */
export interface Outcome {
  race: Race;
  verdict: Verdict;
  violations: Violation[];
  /** Where the code did what the model has no room for: nothing is known of what comes behind. */
  ends: Violation[];
  bound: Explored['bound'] | undefined;
  why: string[];
  states: number;
  transitions: number;
  assumptions: string[];
  /** Functions that nobody has and whose values nobody used: calls of them were taken for nothing. */
  unknown: string[];
  /** Those of them that the other side of a patch was not seen to call (new-calls.ts). */
  newCalls: string[];
  /** Functions under review that were executed. */
  functions: string[];
  /** All functions that were entered, and what was run of those under review. */
  entered: string[];
  runs: Run[];
  /** Functions under review that the scenario could reach. */
  reached: string[];
  /** Of the program, for witnesses; empty where there is no violation. */
  hash: string;
  scenario: Scenario | undefined;
}

/** What there is to tell of a race before anything of it was executed: all but how it ended. */
export function nothingRun(race: Race): Omit<Outcome, 'verdict'> {
  return {
    race,
    violations: [],
    ends: [],
    bound: undefined,
    why: [],
    states: 0,
    transitions: 0,
    assumptions: [],
    unknown: [],
    newCalls: [],
    functions: [],
    entered: [],
    runs: [],
    reached: [],
    hash: '',
    scenario: undefined,
  };
}

/** `complete`, or how far a search came; null where there was none. */
export function boundText(bound: Outcome['bound']): string | null {
  if (bound === undefined) return null;
  if (bound === 'complete') return 'complete';
  if (bound.preemptions < 0) return 'nothing complete';
  const most = `${bound.preemptions} preemption${bound.preemptions === 1 ? '' : 's'}`;
  return `complete up to ${most}, livelocks not looked for`;
}
