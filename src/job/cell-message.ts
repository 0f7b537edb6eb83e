import type { Outcome } from '../finding/outcome.js';
import type { ReviewOptions } from '../finding/request.js';

/** What a cell is told to do. */
export interface CellTask {
  mbox: Uint8Array;
  options: ReviewOptions;
  limitMs: number;
  limitBytes: number;
}

/** What it answers: an outcome, or something that is not the patch's fault and may be tried again. */
export type CellAnswer = Outcome | { outcome: 'broken'; why: string };

/** `stays`: the cell waits for another task; otherwise it ends. */
export interface CellReply {
  answer: CellAnswer;
  stays: boolean;
}
