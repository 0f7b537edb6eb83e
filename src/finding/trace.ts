/** A value that a step changed, in the reader's words: `pmd`, `none`, `huge`. */
export interface Effect {
  name: string;
  old: string;
  new: string;
}

/**
 * One step of an interleaving. A trace is a list of these in the order of execution, all threads mixed;
 * the reporters draw one column a thread. All strings are plain text of any content: reporters escape them.
 */
export interface TraceStep {
  /** 1-based, increasing; gaps are allowed (steps left out as uninteresting). */
  step: number;
  /** 1-based number of the thread, as the report's columns are headed. */
  thread: number;
  /** What this thread does in the scenario: `PMD write fault, index 0`. The same in all its steps. */
  role: string;
  /** The kernel's path, or `''` for a step inside the model that stands for no line of the tree. */
  file: string;
  line: number;
  function: string;
  /** The statement's own text, without indentation; `''` when the model has no line worth showing. */
  source: string;
  /** What came of it in a few words: `= NULL`, `= -EEXIST`, `unlock the entry`; null when the source says it. */
  event: string | null;
  /** Locks that this thread holds after the step. */
  locks: string[];
  /** What the thread waits for from here on; null when it can go on. */
  blockedOn: string | null;
  /** Numbers of the threads that this step woke. */
  wakes: number[];
  effects: Effect[];
  /** The sentence that is violated by this step; null for all but the last one (as a rule). */
  broken: string | null;
}
