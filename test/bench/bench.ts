import type { Row } from './row.js';

/** What a bench may look at: the tree it was given, else the built-in baseline. */
export interface Given {
  /** A folder with kernel files at their paths. */
  tree: string | undefined;
}

/** One file, one bench. Measures, and never throws for a figure that cannot be had: the row says so. */
export type Bench = (given: Given) => Promise<Row[]>;
