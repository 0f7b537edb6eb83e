/** The lock kinds of simulator/kernel/lock.h and what each allows. */
export interface LockKind {
  name: string;
  /** Taking it may sleep. */
  sleeps: boolean;
  /** Holding it forbids sleeping. */
  atomic: boolean;
  /** May be released by a thread that did not take it (a page lock handed to the end of I/O). */
  changesHands: boolean;
  /** May be taken again by the thread that holds it. */
  nests: boolean;
}

export const readMode = 1;
export const writeMode = 2;

/** Indexed by the LOCK_* number. */
export const lockKinds: readonly LockKind[] = [
  { name: 'lock', sleeps: false, atomic: false, changesHands: false, nests: false },
  { name: 'spinlock', sleeps: false, atomic: true, changesHands: false, nests: false },
  { name: 'mutex', sleeps: true, atomic: false, changesHands: false, nests: false },
  { name: 'rwsem', sleeps: true, atomic: false, changesHands: false, nests: false },
  { name: 'page lock', sleeps: true, atomic: false, changesHands: true, nests: false },
  { name: 'RCU read section', sleeps: false, atomic: true, changesHands: false, nests: true },
  { name: 'entry lock', sleeps: true, atomic: false, changesHands: true, nests: false },
  { name: 'SRCU read section', sleeps: false, atomic: false, changesHands: false, nests: true },
];
