import type { Held, State } from './state.js';
import type { Term, Value } from './term.js';
import type { Unset } from './unset.js';

/** What a path does that a rule may look at. The state is that from before the event, but for `return` and `end`. */
export type PathEvent =
  | { kind: 'acquire'; lock: Held }
  | { kind: 'release'; lock: Held; held: Held | undefined; otherMode: boolean }
  | { kind: 'downgrade'; lock: Held; held: Held | undefined }
  | { kind: 'sleep'; by: string }
  | { kind: 'call'; name: string; args: readonly Value[] }
  | { kind: 'return'; name: string; args: readonly Value[]; value: Value }
  /** A variable is read that nobody has set (unset.ts). */
  | { kind: 'unset'; variable: Unset; at: number }
  /** A branch is decided by this; `bare`: the question's name (recall.ts). */
  | { kind: 'ask'; subject: Term; bare: number }
  /** The function that was begun with has returned. */
  | { kind: 'end'; value: Value | undefined };

export interface Moment {
  event: PathEvent;
  state: State;
  /** The line that is executed, and the function it stands in. */
  file: string;
  line: number;
  fn: string;
}
