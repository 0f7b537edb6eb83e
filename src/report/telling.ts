import type { Moment } from './moment.js';

/** A failure, or nothing where something could have been: `= -EEXIST`, `= NULL`. */
const tellingResult = /^(?:\w+\(\) )?= (?:-|NULL$)/;
/** `x = f(..);`: somebody keeps what the call answered. */
export const keepsResult = /^[^=!<>]*[^=!<>]=[^=].*\w\(/;

/** Calls by which threads wait for each other, and ask whether somebody does. */
const waits =
  /\b(?:(?:prepare_to|finish|abort_exclusive)_wait|(?:add|remove)_wait_queue|waitqueue_active|wait_(?:on|event|for)|wake_up|schedule|yield|complete)\w*\(/;

/** State changed, somebody slept or woke, something failed or broke. */
function happens(moment: Moment): boolean {
  // What stands in brackets explains a value.
  const parts = moment.notes.flatMap((note) => note.replace(/\([^)]*\)/g, '').split(', '));
  return moment.broken.length > 0 || parts.some((part) => !part.startsWith('=') || tellingResult.test(part));
}

/** In an interleaving in which nobody waits, who looks for waiters is no news. */
function somebodyWaits(moments: Moment[]): boolean {
  return moments.some(({ notes }) => notes.some((note) => /\bwaits for|\bwait queue/.test(note)));
}

/** What was looked up under a lock is what the thread believes later; the same value once more is no news. */
function tellLearned(moments: Moment[], told: Set<number>): void {
  const known = new Map<number, string>();
  for (const [at, { thread, locks, notes, source }] of moments.entries()) {
    const learned = notes.join('; ');
    if (locks.length === 0 || learned === '' || !keepsResult.test(source)) continue;
    if (known.get(thread) !== learned) told.add(at);
    known.set(thread, learned);
  }
}

/** The next moment of the same thread in which it holds no more locks than before the one at `at`. */
function endOfHold(moments: Moment[], at: number): number {
  const { thread, locks } = moments[at]!;
  for (let next = at + 1; next < moments.length; next++) {
    if (moments[next]!.thread === thread && moments[next]!.locks.length < locks.length) return next;
  }
  return moments.length - 1;
}

/** Taking and giving back a lock is told when something is told in between, or another thread ran there. */
function tellHolds(moments: Moment[], told: Set<number>): void {
  for (const [at, moment] of moments.entries()) {
    if (!moment.changesLocks || moment.locks.length === 0) continue;
    const end = endOfHold(moments, at);
    for (let next = at + 1; next < end; next++) {
      if (!told.has(next) && moments[next]!.thread === moment.thread) continue;
      told.add(at);
      told.add(end);
      break;
    }
  }
}

/** Around a switch: the lock that was last given back before it, and the one that is first taken after it. */
function tellSwitches(moments: Moment[], told: Set<number>): void {
  for (let at = 1; at < moments.length; at++) {
    if (moments[at]!.thread === moments[at - 1]!.thread) continue;
    const { thread } = moments[at - 1]!;
    const goesOn = moments.slice(at).some((later) => later.thread === thread);
    const before = goesOn ? lastInRun(moments, at - 1) : undefined;
    if (before !== undefined) told.add(before);
    let next = at;
    while (
      next < moments.length &&
      moments[next]!.thread === moments[at]!.thread &&
      !moments[next]!.changesLocks
    )
      next++;
    if (moments[next]?.thread === moments[at]!.thread) told.add(next);
  }
}

function lastInRun(moments: Moment[], at: number): number | undefined {
  const { thread } = moments[at]!;
  for (let last = at; last >= 0 && moments[last]!.thread === thread; last--) {
    if (moments[last]!.changesLocks) return last;
  }
  return undefined;
}

/** A run in which nothing is told would hide that its thread ran at all: its last statement stands for it. */
function tellEveryRun(moments: Moment[], told: Set<number>): void {
  let from = 0;
  for (let at = 1; at <= moments.length; at++) {
    if (at < moments.length && moments[at]!.thread === moments[from]!.thread) continue;
    const run = [...Array(at - from).keys()].map((offset) => from + offset);
    if (!run.some((index) => told.has(index))) told.add(at - 1);
    from = at;
  }
}

/**
 * The moments a reader needs, as indices: of hundreds of statements the few dozen in which threads meet.
 * Everything that changes, fails, sleeps or wakes is among them.
 */
export function tellingMoments(moments: Moment[]): Set<number> {
  const told = new Set<number>();
  const waiting = somebodyWaits(moments);
  for (const [at, moment] of moments.entries())
    if (happens(moment) || (waiting && waits.test(moment.source))) told.add(at);
  tellLearned(moments, told);
  tellHolds(moments, told);
  tellSwitches(moments, told);
  tellEveryRun(moments, told);
  return told;
}
