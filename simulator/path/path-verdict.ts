import type { Fn } from '../vm/program.js';
import type { Conditionals } from './conditional-lock.js';
import type { ReplayedPath } from './replay-path.js';
import type { PathRule, Said } from './rule.js';

export interface SaidBy extends Said {
  rule: PathRule;
}

export interface PathVerdict {
  fn: Fn;
  said: SaidBy[];
  /** What would have been said, had not each `excuse` been taken for granted. */
  excused: SaidBy[];
  /** Paths that came to an end. */
  paths: number;
  /** Why not everything was looked at; undefined when it was, up to the rounds of loops. */
  over: string | undefined;
  steps: number;
  /** It leaves the locks as it finds them, and nothing open for its callers to end. */
  neutral: boolean;
  /** No path came to something that it releases, as the model's world has no such thing. */
  partial: boolean;
  /** It does what a rule watches, under no lock of its own. */
  watched: boolean;
  sleeps: boolean;
  /** Families of the locks that some path takes. */
  takes: ReadonlySet<string>;
  /** What some path has released: see `Paths.released`. */
  released: ReadonlySet<string>;
  /** Locks that it takes for some of its callers only. */
  conditionals: Conditionals;
  /** Runs one of its paths again and tells every line. */
  retrace(choices: readonly number[]): ReplayedPath;
}
