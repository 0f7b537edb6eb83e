import type { Machine } from '../vm/machine.js';
import { run, Stop } from '../vm/run.js';
import { Thread, Wait } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import { placeOf } from './where.js';

/** A state in which nobody can run and somebody has not finished: why, in the words of the rules. */
export interface Stuck {
  rule: 'lost-wakeup' | 'lock-order' | 'lock-leak';
  message: string;
  function: string;
  /** The thread to tell of. */
  thread: number;
}

/**
 * Classifies a stuck state. A sleeper that, woken for no reason, would get past its wait has lost its
 * wake-up. Otherwise those that wait hold what others wait for, or somebody left without giving it back.
 * `reset` brings the machine back to the stuck state; each try starts from there.
 */
export function classify(machine: Machine, threadCount: number, reset: () => void): Stuck {
  const stuck: number[] = [];
  for (let t = 0; t < threadCount; t++)
    if ((machine.threads[t] as Int32Array)[Thread.Status] === 1) stuck.push(t);
  for (const thread of stuck) {
    reset();
    if ((machine.threads[thread] as Int32Array)[Thread.Wait] !== Wait.Sleep) continue;
    const name = placeOf(machine, thread)?.fn.name ?? '';
    if (wouldGoOn(machine, thread)) {
      const message = 'what it waits for has happened, but nobody will wake the sleeper';
      return { rule: 'lost-wakeup', message, function: name, thread };
    }
  }
  reset();
  const thread = stuck[0] as number;
  const place = placeOf(machine, thread)?.fn.name ?? '';
  if (stuck.length > 1) {
    return { rule: 'lock-order', message: 'each waits for what another holds', function: place, thread };
  }
  return { rule: 'lock-leak', message: 'waits for what nobody will ever give back', function: place, thread };
}

/** Wakes one sleeper for no reason and lets it run alone: does it leave its wait, or sleep there again? */
function wouldGoOn(machine: Machine, thread: number): boolean {
  const r = machine.threads[thread] as Int32Array;
  const place = waitingPlace(machine, thread);
  try {
    let stop = run(machine, thread, { force: true });
    for (let steps = 0; steps < 10_000; steps++) {
      if (stop === Stop.Done) return true;
      if (r[Thread.Wait] === Wait.Sleep && waitingPlace(machine, thread) === place)
        return machine.enabled(thread);
      if (!machine.enabled(thread)) return r[Thread.Wait] === Wait.Sleep;
      stop = run(machine, thread, r[Thread.Wait] === Wait.Choice ? { choice: 0 } : {});
    }
  } catch (problem) {
    if (!(problem instanceof Violation) && !(problem instanceof NotAnalysed)) throw problem;
    // What it breaks now is another matter: it did not go back to sleep.
    return problem instanceof Violation;
  }
  return false;
}

/** The reviewed function and its line: the same loop around the same wait has the same. */
function waitingPlace(machine: Machine, thread: number): string {
  const place = placeOf(machine, thread);
  return place === undefined ? '' : `${place.fn.id}:${place.instruction}`;
}
