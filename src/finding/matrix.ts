import type { Verdict } from './verdict.js';

/** One kernel: a column. */
export interface MatrixTree {
  /** As the user named it. */
  tree: string;
  /** What its Makefile says that it is, else the last part of its name. */
  version: string;
  /** Why nothing is said of it; null when it was read. */
  problem: string | null;
}

/** One race on one kernel. */
export interface MatrixCell {
  verdict: Verdict;
  /** Rules of the violations that were seen, the race's own first; empty unless `violated`. */
  rules: string[];
  bound: string | null;
  why: string[];
}

/** One race of the catalogue: a row. */
export interface MatrixRow {
  race: string;
  rule: string;
  title: string;
  seen: string | null;
  /** In the order of the trees. */
  cells: MatrixCell[];
}

/** A kernel of which a run and the catalogue's `Seen:` line do not say the same. */
export interface Disagreement {
  race: string;
  version: string;
  seen: string | null;
  verdict: Verdict;
  /** One sentence without a full stop. */
  what: string;
}

/** What `faultline matrix` answers. */
export interface MatrixReport {
  version: 1;
  trees: MatrixTree[];
  rows: MatrixRow[];
  disagreements: Disagreement[];
}
