import type { Act } from '../../simulator/index.js';
import { leakOf } from './leak.js';

/** What went wrong before the symptom showed, where the executed interleaving proves it. */
export interface Cause {
  rule: 'unlocked-entry-path' | 'lock-leak';
  message: string;
  /** What a trace says at its line. */
  mark: string;
  function: string;
  file: string;
  line: number;
  thread: number;
}

/** Symptoms that a stale look at an entry can lead to; an engine's own finding (a freed object) stands as it is. */
const symptoms = new Set([
  'page-table-collision',
  'lost-entry',
  'stale-block-mapping',
  'stale-mapping-after-invalidate',
  'assertion',
  'warning',
]);

interface Look {
  at: number;
  index: number;
}

/**
 * Finds an act on an entry (or on its absence) that rested on a look from before another thread changed it:
 * the lock fell in between, and nothing pinned the entry. The last such act before the violation counts.
 * `functions` are the names that the program has; who waits for ever may do so for what another left open.
 */
export function causeOf(
  acts: readonly Act[],
  rule: string,
  functions: ReadonlySet<string>,
): Cause | undefined {
  if (rule === 'livelock') return leakOf(acts, functions);
  if (!symptoms.has(rule)) return undefined;
  const looks = new Map<string, Look>();
  let cause: Cause | undefined;
  acts.forEach((act, at) => {
    if (act.kind !== 'event') return;
    const [tree, index = 0] = act.args;
    const key = `${act.thread}:${tree}:${index}`;
    if (act.name === 'lookup') looks.set(key, { at, index });
    if (act.name !== 'store' && act.name !== 'insert') return;
    const look = looks.get(key);
    if (look !== undefined && changedSince(acts, look.at, at, act)) cause = describe(act);
    if (act.name === 'store') looks.set(key, { at, index });
  });
  return cause;
}

/** Whether another thread stored over the same index of the same tree between two acts. */
function changedSince(acts: readonly Act[], from: number, to: number, by: Act): boolean {
  const [tree, index = 0, order = 0] = by.args;
  for (let at = from + 1; at < to; at++) {
    const act = acts[at] as Act;
    if (act.kind !== 'event' || act.name !== 'store' || act.thread === by.thread || act.args[0] !== tree)
      continue;
    const [, other = 0, otherOrder = 0] = act.args;
    const widest = Math.max(order, otherOrder);
    if (index >> widest === other >> widest) return true;
  }
  return false;
}

function describe(act: Act): Cause {
  return {
    rule: 'unlocked-entry-path',
    message:
      'it acts on what it saw of the entry before the lock fell, and another thread has changed the entry since',
    mark: 'on an outdated look at the entry',
    function: act.fn.name,
    file: act.fn.file,
    line: act.line,
    thread: act.thread,
  };
}
