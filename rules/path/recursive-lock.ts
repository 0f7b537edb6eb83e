import { exclusiveFamilies } from '../../simulator/path/known-lock.js';
import type { PathRule } from '../../simulator/path/rule.js';
import type { Held, State } from '../../simulator/path/state.js';
import { isTerm } from '../../simulator/path/term.js';

/** A thread takes a lock that it already holds. */
export const recursiveLock: PathRule = {
  rule: 'recursive-lock',
  title: 'a thread takes a lock that it already holds',
  advice: 'release the lock first, or take it once',
  watch: ({ event, state }) => {
    if (event.kind !== 'acquire') return undefined;
    const { lock } = event;
    const held = state.held.find((each) => isTwice(each, lock, state));
    if (!held) return undefined;
    const message = `${lock.by}() waits for the lock that ${held.by}() took at line ${held.line}`;
    return { object: lock.family, message, relies: held };
  },
};

function isTwice(held: Held, lock: Held, state: State): boolean {
  if (held.family !== lock.family || held.lock !== lock.lock || !exclusiveFamilies.has(lock.family))
    return false;
  // Who only tries does not wait; two readers do not exclude each other.
  if (lock.given || (held.mode === 'read' && lock.mode === 'read')) return false;
  if (held.given && (!held.given.certain || state.facts.truth(held.given.value) !== held.given.nonzero))
    return false;
  return isOne(lock);
}

/** What an unknown function answers twice need not be one thing. */
function isOne({ lock }: Held): boolean {
  if (!isTerm(lock)) return lock !== 0;
  return lock.symbols.every(({ shape }) => shape.kind === 'symbol' && !shape.text.endsWith('()'));
}
