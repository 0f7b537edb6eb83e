import type { Place, Verdict } from './verdict.js';

/** One race of the catalogue on one tree. */
export interface CheckResult {
  race: string;
  /** Of the first violation; the race's own where there is none. */
  rule: string;
  verdict: Verdict;
  /** Rules of all violations; empty unless `violated`. */
  rules: string[];
  /** Every distinct violation seen; empty unless `violated`. */
  signatures: string[];
  /** `complete`, `complete up to 2 preemptions, livelocks not looked for`; null when nothing was explored. */
  bound: string | null;
  states: number;
  /** Of the first violation; null unless `violated`. */
  location: Place | null;
  /** What broke where it is `violated`; reasons for `not-analysed` and `absent`. */
  why: string[];
  assumptions: string[];
  /** null unless `violated`. */
  witness: string | null;
}

/** What `faultline check` answers. */
export interface CheckReport {
  version: 1;
  tree: string;
  results: CheckResult[];
}
