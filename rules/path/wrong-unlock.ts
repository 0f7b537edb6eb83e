import type { Moment } from '../../simulator/path/event.js';
import { atomicFamilies, exclusiveFamilies } from '../../simulator/path/known-lock.js';
import type { PathRule } from '../../simulator/path/rule.js';
import type { Held } from '../../simulator/path/state.js';

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
    const before = state.past.find(
      (past) => past.family === lock.family && past.lock === lock.lock && isSameThing(past, lock),
    );
    if (!before) return undefined;
    return { object, message: `${lock.by}() releases a lock that this path has released already` };
  },
};

/**
 * `args_finish(mount, args)` of two arguments ends two things. A lock of the kernel is one, whatever else is handed over.
 */
function isSameThing(past: Held, { family, args }: Held): boolean {
  if (exclusiveFamilies.has(family) || atomicFamilies.has(family)) return true;
  return past.args.length !== args.length || args.every((arg, n) => past.args[n] === arg);
}

const what = (mode: 'read' | 'write') => (mode === 'read' ? 'reading' : 'writing');

function sameName(a: unknown, b: unknown): boolean {
  return isTermLike(a) && isTermLike(b) && a.bare === b.bare;
}

function isTermLike(value: unknown): value is { bare: number } {
  return typeof value === 'object' && value !== null && 'bare' in value;
}
