/**
 * Where a thread's own words lie in its register file: a header, then frames. The words up to the end of
 * the innermost frame are the thread's whole state, so that it can be stored and compared as one vector.
 */
export enum Thread {
  /** 0: unused, 1: running, 2: returned. */
  Status = 0,
  Pc = 1,
  Frame = 2,
  /** Next free byte of its stack memory. */
  Stack = 3,
  /** What it waits for (`Wait`), where, and the value it waits for (for a choice: how many). */
  Wait = 4,
  WaitAddress = 5,
  WaitValue = 6,
  /** Depth of `atomic` functions, whether their one scheduling point was taken, depth of `fused` ones. */
  Atomic = 7,
  Taken = 8,
  Fused = 9,
  /** Depth of functions that only synchronise: an acquire (it awaits) or a release (it is fused). */
  Sync = 10,
  /** An address of this thread's stack was stored outside it. */
  Escaped = 11,
  Locks = 12,
  /** Pairs: address, kind * 4 + mode. */
  FirstLock = 13,
  FirstFrame = 34,
}

export const maximumLocks = 10;

export enum Wait {
  None = 0,
  Equal = 1,
  NotEqual = 2,
  AtLeast = 3,
  Sleep = 4,
  Choice = 5,
  Yield = 6,
}

/** Words before a frame's registers: return word, caller's frame, caller's register, frame memory. */
export const frameHeader = 4;

export const registerFileSize = 1 << 14;

/** The pseudo-thread that runs set-up and checks; never scheduled. */
export const monitor = 8;
