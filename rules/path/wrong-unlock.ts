import type { Moment } from '../../simulator/path/event.js';
import type { PathRule } from '../../simulator/path/rule.js';

/** A lock is released by who does not hold it, or in another mode. */
export const wrongUnlock: PathRule = {
  rule: 'wrong-unlock',
  title: 'a lock is released by who does not hold it, or in another mode',
  advice: 'release what was taken, once, in the mode in which it was taken',
  watch: ({ event, state }: Moment) => {
    if (event.kind !== 'release') return undefined;
    const { lock, held, otherMode } = event;
    const object = `${lock.family}`;
    if (held && otherMode && (held.lock === lock.lock || sameName(held.lock, lock.lock)))
      return {
        object,
        relies: held,
        excuse: held.told
          ? `an answer says in which mode the lock is held that ${held.by}() took`
          : undefined,
        message: `${lock.by}() releases for ${what(lock.mode)} what ${held.by}() took for ${what(held.mode)}`,
      };
    if (held) return undefined;
    const before = state.past.find((past) => past.family === lock.family && past.lock === lock.lock);
    if (!before) return undefined;
    return { object, message: `${lock.by}() releases a lock that this path has released already` };
  },
};

const what = (mode: 'read' | 'write') => (mode === 'read' ? 'reading' : 'writing');

function sameName(a: unknown, b: unknown): boolean {
  return isTermLike(a) && isTermLike(b) && a.bare === b.bare;
}

function isTermLike(value: unknown): value is { bare: number } {
  return typeof value === 'object' && value !== null && 'bare' in value;
}
