/**
 * A lock is taken only under a condition that the caller decides; one caller holds it by itself, another does not.
 * Who looks at callers is simulator/path/callers.ts, since it takes more than the paths of one function.
 */
export const lockingAssumption = {
  rule: 'locking-assumption',
  title: 'a lock is taken only when the caller wants it, and some caller does not hold it',
  advice: 'take the lock for every caller, or assert that the caller holds it and make each caller take it',
} as const;
