import { leftInQueue } from '../../rules/path/left-in-queue.js';
import { lockLeak } from '../../rules/path/lock-leak.js';
import { lostWakeup } from '../../rules/path/lost-wakeup.js';
import { recursiveLock } from '../../rules/path/recursive-lock.js';
import { sleepInAtomic } from '../../rules/path/sleep-in-atomic.js';
import { unlockedEntryPath } from '../../rules/path/unlocked-entry-path.js';
import { unsetVariable } from '../../rules/path/unset-variable.js';
import { wrongUnlock } from '../../rules/path/wrong-unlock.js';
import type { PathRule } from '../../simulator/path/rule.js';

/** The path rules, in the order in which they are told when a path breaks several. */
export const pathRules: readonly PathRule[] = [
  recursiveLock,
  wrongUnlock,
  sleepInAtomic,
  unlockedEntryPath,
  lostWakeup,
  lockLeak,
  leftInQueue,
  unsetVariable,
];
