/**
 * What one review of a case came to. Of a race, in reverse: `introduced` or `missed`; forward: `fixed` or
 * `missed`. Of a benign change: `clean` or `false-alarm`. `not-analysed`: there is no answer.
 */
export type Answer = 'introduced' | 'fixed' | 'clean' | 'missed' | 'false-alarm' | 'not-analysed';

/** A piece of history, reviewed in both directions. */
export interface TruthCase {
  id: string;
  kind: 'race' | 'benign';
  /** Cases that are not graded are shown and not counted. */
  graded: boolean;
  forward: Answer;
  reverse: Answer;
  /** Of the finding that answers: the accepted one of a race, the false alarm of a benign change. */
  rule: string | null;
  function: string | null;
  seconds: number;
  ok: boolean;
  /** Why it is not as it should be, or what a reader has to know beside the answers. */
  why: string[];
}

/** A folder that is no case, and what is wrong with it. */
export interface BrokenCase {
  id: string;
  why: string;
}

/** What `faultline evaluate` answers. The figures count graded cases only. */
export interface TruthTable {
  version: 1;
  races: { total: number; introduced: number; fixed: number };
  benign: { total: number; falseAlarms: number };
  notAnalysed: number;
  cases: TruthCase[];
  broken: BrokenCase[];
}
