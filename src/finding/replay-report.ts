import type { Finding } from './finding.js';

/** What `faultline replay` answers. */
export interface ReplayReport {
  version: 1;
  witness: string;
  /**
   * `reproduced`: the same violation was reached. `other-code`: the program's hash differs from the
   * witness's. `not-reproduced`: the schedule ran and did not end in that violation.
   */
  outcome: 'reproduced' | 'other-code' | 'not-reproduced';
  /** The violation as executed now; null unless `reproduced`. */
  finding: Finding | null;
  why: string[];
}
