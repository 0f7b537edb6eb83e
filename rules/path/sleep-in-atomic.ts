import { atomicFamilies } from '../../simulator/path/known-lock.js';
import type { PathRule } from '../../simulator/path/rule.js';

/** A sleep under a spinlock or in an RCU reader section. */
export const sleepInAtomic: PathRule = {
  rule: 'sleep-in-atomic',
  title: 'a thread sleeps under a spinlock or in an RCU reader section',
  advice: 'release the lock before what may sleep',
  watch: ({ event, state }) => {
    if (event.kind !== 'sleep') return undefined;
    const held = state.held.find(({ family, given }) => {
      if (!atomicFamilies.has(family)) return false;
      return !given || (given.certain && state.facts.truth(given.value) !== !given.nonzero);
    });
    if (!held) return undefined;
    const what = atomicFamilies.get(held.family);
    const message = `${event.by}() may sleep inside the ${what} that ${held.by}() began at line ${held.line}`;
    return { object: held.family, message, relies: held };
  },
};
