import type { Program } from '../vm/program.js';
import type { Run } from '../vm/runs.js';

/** What is run: a set-up, threads that start together, and what must hold. Functions by name, no arguments. */
export interface Scenario {
  program: Program;
  start: string | undefined;
  threads: { name: string; fn: string }[];
  /** Run in every state; each returns early while a lock it wants free (`__held`) is not. */
  always: string[];
  /** Run when every thread has returned. */
  finally: string[];
}

export interface Bounds {
  /** Distinct states; reaching it ends the search with a bound, never with "holds, complete". */
  states: number;
  /** Every shared access is a scheduling point. */
  full: boolean;
  /** Threads that do the same are told apart: no state stands for others. */
  apart?: boolean;
  /** Runs every step, though it is known what it does: to see that what is known is right. */
  anew?: boolean;
}

export const defaultBounds: Bounds = { states: 400_000, full: false };

/** One step of a schedule: a thread runs so many instructions; `choices` are the outcomes it met. */
export interface Segment {
  thread: number;
  instructions: number;
  choices: number[];
}

export interface Found {
  rule: string;
  message: string;
  object: string;
  /** The innermost function of the code under review, or of the sleepers of a deadlock. */
  function: string;
  signature: string;
  /** It ended its interleaving early: what would have come after it is not known. False for final states. */
  cuts: boolean;
  thread: number;
  preemptions: number;
  switches: number;
  steps: number;
  schedule: Segment[];
}

export interface Verdict {
  kind: 'violated' | 'holds' | 'not-analysed';
  violations: Found[];
  /** `complete`, or every interleaving with at most so many preemptions (-1: not even without). */
  bound: 'complete' | { preemptions: number };
  why: string[];
  states: number;
  /** States in which every thread has returned. */
  terminals: number;
  transitions: number;
  assumptions: string[];
  unknown: string[];
  /** Names of functions that were entered. */
  entered: string[];
  /** Of those under review: what of them was run. */
  runs: Run[];
}
