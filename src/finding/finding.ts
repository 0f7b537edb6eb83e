import type { TraceStep } from './trace.js';
import type { Place } from './verdict.js';

/** How a finding stands to the patch; the table in docs/architecture.md says how it is decided. */
export type FindingStatus = 'introduced' | 'fixed' | 'present' | 'unknown-origin';

/** `replay`: an interleaving of a race was executed. `path`: one function's path was executed. */
export type Evidence = 'replay' | 'path';

export interface Location extends Place {
  /** Which version `line` counts in: a deleted lock is a line of `before`. */
  side: 'before' | 'after';
  /** 1-based line within the patch's diff text to answer at; null when the place is outside the hunks. */
  hunkLine: number | null;
}

/** A part of one hunk of the patch, as its sender wrote it. */
export interface Excerpt {
  /** The path after the patch. */
  file: string;
  /** `@@ -281,7 +281,6 @@ static void dax_unlock_entry(..)`. */
  header: string;
  /** With their first column. */
  lines: string[];
  /** Which of `lines` the finding is about. */
  target: number;
  /** Lines of the hunk that stand before and behind. */
  leftOut: { before: number; after: number };
}

/** A race or a path rule on a place, with the execution that shows it. */
export interface Finding {
  /** Stable across versions of a series: made of rule, race, file and function, never of line numbers. */
  id: string;
  /** A word of the list in rules/README.md. */
  rule: string;
  /** Id of the catalogue entry; null for a path rule. */
  race: string | null;
  status: FindingStatus;
  evidence: Evidence;
  /** One line without a full stop: `the PTE is inserted under a huge PMD`. */
  title: string;
  /** One to three sentences of prose, unwrapped. */
  message: string;
  /** What usually repairs it, as an imperative; null when nothing general can be said. */
  advice: string | null;
  location: Location;
  /** `version.race.side.programHash.schedule`; `faultline replay` takes it. */
  witness: string;
  /** Other rules, races or signatures that share the cause. */
  alsoSeenAs: string[];
  /** Contracts of the model that this execution took for granted. */
  assumptions: string[];
  /** URLs and commits (`e11f8b7b6c4e ("dax: ...")`) of the known race. */
  links: string[];
  /** Executed on the built-in baseline, not on the reader's tree. */
  onBaseline: boolean;
  /** What the patch does where the finding is, the nearest first. Absent without a patch, and in old records. */
  hunks?: Excerpt[];
  trace: TraceStep[];
}
