import type { Verdict } from './verdict.js';

/** One race of the catalogue, replayed before and after one patch. */
export interface Replay {
  race: string;
  rule: string;
  before: Verdict;
  after: Verdict;
  /** `complete`, or `complete up to 2 preemptions, livelocks not looked for`: the weaker of both sides. */
  bound: string;
  /** Distinct states of both sides together. */
  states: number;
  /** Of both sides together. */
  transitions: number;
  /** Functions of the reviewed files that were executed. */
  functions: string[];
  assumptions: string[];
}
