import type { CatalogueEntry } from '../finding/catalogue.js';

/** A catalogue entry with what is needed to run it. */
export interface Race extends CatalogueEntry {
  /** The baseline it is tested on by itself: a folder of simulator/baseline. */
  era: string;
  /** Kernel paths of the files that it runs; the model stands for all others. */
  files: string[];
  /** Functions that must exist, beside those of the roles it plays; alternatives in one inner list. */
  needs: string[][];
  /** Functions that reports of it name: call traces of people who met it, and their mails. */
  reported: string[];
  start: string | undefined;
  threads: { name: string; fn: string }[];
  always: { fn: string; free: string[] }[];
  finally: string[];
  /** Its C without the BROKEN side, and the whole functions of that side; both keep their line numbers. */
  text: string;
  broken: string;
  /** The hunks of the BROKEN side. */
  edits: Edit[];
}

/** A hunk against one function of the baseline: the lines as they stand, and as they are when it is broken. */
export interface Edit {
  fn: string;
  before: string[];
  after: string[];
}
