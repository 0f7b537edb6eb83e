import type { Review } from './review.js';

/** What became of the review of one series. Whatever it is, it is recorded, and the series is not tried again. */
export type Outcome =
  | { outcome: 'reviewed'; report: Review }
  /** It cannot be read or applied: what the command line answers with exit 3. */
  | { outcome: 'refused'; why: string }
  /** A limit was reached, or the review itself broke: never that all is well. */
  | { outcome: 'not-analysed'; limit: Limit; why: string };

export type Limit = 'time' | 'memory' | 'crash' | 'size';
