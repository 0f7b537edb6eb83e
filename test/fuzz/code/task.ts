/** One mutated file, as a patch for a tree, and how it is reviewed. */
export interface Task {
  patch: Uint8Array;
  tree: string;
  races: string[];
}

export type Outcome =
  /** It does not apply, or cannot be read; said in one line. */
  | 'refused'
  /** No function means anything else after it. */
  | 'same'
  | 'not-analysed'
  | 'judged'
  | 'found'
  /** What must never be. */
  | 'broken';

/** What came of one case. */
export interface Answer {
  outcome: Outcome;
  /** What broke, when something did. */
  why: string;
  cpuMs: number;
  /** The most memory that the process had so far. */
  peakMb: number;
  /** Witnesses that were run again. */
  replayed: number;
}
