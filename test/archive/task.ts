import type { Evidence, FindingStatus } from '../../src/finding/finding.js';

/** What a worker is asked: one input, and the mails in it whose answer is wanted. */
export interface Task {
  mbox: Uint8Array;
  wanted: string;
  trees: string[];
  ids: string[];
}

/** A finding, as far as somebody needs it who looks it up. */
export interface Seen {
  status: FindingStatus;
  rule: string;
  race: string | null;
  evidence: Evidence;
  function: string;
  file: string;
  line: number;
  title: string;
  witness: string;
}

export type Outcome =
  | 'introduced'
  | 'fixed'
  | 'present'
  | 'unknown-origin'
  /** Executed, and nothing is violated. */
  | 'holds'
  /** It applies, and changes no function that any scenario runs. */
  | 'nothing-modelled'
  | 'not-analysed'
  | 'not-kernel'
  /** It cannot be read, or does not apply. */
  | 'refused'
  /** It was not done within the limit, or the process died. */
  | 'time'
  | 'crash';

/** What came of one mail. */
export interface Told {
  id: string;
  outcome: Outcome;
  why: string | null;
  base: string;
  exact: boolean;
  tree: string | null;
  touched: string[];
  judged: number;
  findings: Seen[];
  notAnalysed: string[];
}

/** A worker's answer: what became of each mail, and the processor time that it took. */
export interface Answer {
  told: Told[];
  cpuMs: number;
}
