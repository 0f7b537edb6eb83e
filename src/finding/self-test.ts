import type { Verdict } from './verdict.js';

/** An entry tested by itself: with its BROKEN override `violated`, without it `holds`. */
export interface SelfTest {
  id: string;
  broken: Verdict;
  repaired: Verdict;
  /** Both as they should be, and the violation of the entry's own rule. */
  ok: boolean;
}

/** What `faultline catalogue --self-test` answers. */
export interface SelfTestReport {
  version: 1;
  entries: SelfTest[];
}
