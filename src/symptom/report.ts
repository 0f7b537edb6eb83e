/** What a kernel says went wrong, each with the rules whose violation can look like that. */
export const symptoms = {
  'NULL pointer dereference': ['null-dereference', 'page-table-collision', 'unlocked-entry-path'],
  'paging request': ['use-after-free', 'null-dereference', 'page-table-collision', 'unlocked-entry-path'],
  'use after free': ['use-after-free'],
  'recursive locking': ['recursive-lock'],
  'circular locking': ['lock-order', 'recursive-lock'],
  'bad unlock balance': ['wrong-unlock', 'lock-leak'],
  'lock held at the end': ['lock-leak'],
  'sleep in atomic context': ['sleep-in-atomic'],
  'hung task': ['lost-wakeup', 'recursive-lock', 'lock-order', 'lock-leak', 'wrong-entry', 'livelock'],
  'soft lockup': ['livelock', 'recursive-lock', 'lock-leak'],
  'bad page table': ['page-table-collision', 'unlocked-entry-path', 'stale-mapping-after-invalidate'],
  warning: ['warning', 'wrong-entry', 'lost-entry', 'unlocked-entry-path', 'page-table-collision'],
  BUG: ['assertion', 'wrong-entry', 'lost-entry', 'page-table-collision', 'stale-mapping-after-invalidate'],
} as const satisfies Record<string, readonly string[]>;

export type Symptom = keyof typeof symptoms;

/** A report of a kernel, or a text about one. */
export interface KernelReport {
  symptoms: Symptom[];
  /** Of call traces, innermost first, without those that the kernel itself doubts (`? name+0x1/0x2`). */
  traced: string[];
  /** Named in prose as `name()`. */
  named: string[];
  /** Commits that the text names: twelve digits each. */
  commits: string[];
  /** The text in lower case with single blanks, without marks of quotation: subjects are looked for in it. */
  prose: string;
  kernel: string | undefined;
}
