import type { Moment } from '../../simulator/path/event.js';
import { atomicFamilies, exclusiveFamilies, nestingFamilies } from '../../simulator/path/known-lock.js';
import { ofCounts, type PathRule } from '../../simulator/path/rule.js';
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
    return {
      object,
      excuse: mayBeHeldStill(before, lock, state),
      message: `${lock.by}() releases a lock that this path has released already`,
    };
  },
};

/** Why what the path released is perhaps released for the first time now. */
function mayBeHeldStill(before: Held, again: Held, { facts, marks }: Moment['state']): string | undefined {
  if (marks.has(ofCounts)) return 'what is not zero and tells an error is negative';
  const { by, family, given, serial, line } = before;
  if (by !== '') return undefined;
  if (serial === again.serial && line === again.line)
    return 'a loop that releases a lock of the caller is run once, where the caller holds one';
  if (given && facts.truth(given.value) === !given.nonzero)
    return 'an answer says whether a lock was released';
  return nestingFamilies.has(family) ? 'who calls it is in a section as often as it ends there' : undefined;
}

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
