import type { Finding } from './finding.js';
import type { Replay } from './replay.js';
import type { Verdict } from './verdict.js';

/** The versions that a result depends on. */
export interface Tool {
  version: string;
  modelVersion: string;
  catalogueVersion: string;
}

export interface Series {
  subject: string;
  /** 1 for a posting without `v2`. */
  version: number;
  /** Without angle brackets; null for a plain diff. */
  messageId: string | null;
  /** `A Developer <dev@example.org>`; null for a plain diff. */
  from: string | null;
  /** `complete`, or what is to be known about it in one word: `incomplete`, `repaired`, `not-kernel`. */
  status: string;
  /** What is missing, each with its reason. */
  missing: string[];
  /** What was left aside and how the series was put together. */
  notes: string[];
  /** `rfc`, `resend`, `stable`, `autosel`. */
  tags: string[];
  /** The lists that copies of its mails came through, as List-Id names them. */
  lists: string[];
  /** A later version that is among the messages; null when there is none. */
  supersededBy: number | null;
  /** Why nobody may be answered, whatever is found; null for a mail that came as it was sent. */
  neverAnswer: string | null;
}

/** One way of finding the code before the patch, and what came of it. */
export interface BaseTry {
  /** `blob`, `base-commit`, `applies`, `baseline`. */
  method: string;
  tree: string | null;
  /** The commit that was tried; null when the state was none. */
  commit: string | null;
  /** `found`, or why not. */
  outcome: string;
  /** `missing-file`, `context-differs`, `already-applied`, `malformed`, `whitespace-damaged`, `not-there`; null when found. */
  kind: string | null;
  /** 1-based place in the series of the first patch that did not apply. */
  patch: number | null;
  file: string | null;
  /** 1-based number of the hunk that did not apply. */
  hunk: number | null;
}

export interface Base {
  /** The method of the try that succeeded; `none` when none did. */
  method: string;
  commit: string | null;
  tree: string | null;
  baseline: boolean;
  tries: BaseTry[];
}

export interface Touched {
  file: string;
  function: string;
  modelled: boolean;
  /** Why it is not modelled, or how it is reached; null when there is nothing to add. */
  why: string | null;
}

/** All paths of one function, before and after one patch. */
export interface PathRun {
  file: string;
  function: string;
  before: Verdict;
  after: Verdict;
  /** Paths that came to an end, of both sides together. */
  paths: number;
  /** What was taken for granted where something would have been said otherwise, on either side. */
  assumptions: string[];
  /** Why not all of them were looked at; null when they were. */
  why: string | null;
}

export interface NotAnalysed {
  what: string;
  why: string;
  /** It is code that the scenarios know, in their way: that nothing was seen of it says nothing. */
  modelled?: boolean;
}

export interface PatchReview {
  subject: string;
  messageId: string | null;
  /** What was done to make a damaged diff whole, each as a clause. */
  repairs: string[];
  base: Base;
  touched: Touched[];
  findings: Finding[];
  /** What it opens and a later patch of the series closes, each as a rule and a place; absent when nothing. */
  passing?: string[];
  replays: Replay[];
  paths: PathRun[];
  notAnalysed: NotAnalysed[];
}

/** The whole answer: the waist between the analysis and every reporter, and the JSON document as it stands. */
export interface Review {
  version: 1;
  tool: Tool;
  series: Series;
  patches: PatchReview[];
}
