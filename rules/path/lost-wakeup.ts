import type { Moment } from '../../simulator/path/event.js';
import type { PathRule } from '../../simulator/path/rule.js';
import type { State } from '../../simulator/path/state.js';
import { isTerm, type Term, type Value } from '../../simulator/path/term.js';

/** Who gets an entry from one of these has been woken for it, alone of those that wait. */
const waits = new Set(['get_unlocked_entry', 'get_unlocked_mapping_entry']);

/** Each of these passes the entry on: it is locked for good, or the next one is woken. */
const passes = new Set([
  'put_unlocked_entry',
  'put_unlocked_mapping_entry',
  'dax_lock_entry',
  'dax_unlock_entry',
  'lock_slot',
  'dax_wake_entry',
  'dax_wake_mapping_entry_waiter',
]);

/** An entry that was waited for is dropped: it is neither locked nor passed on, and who waits behind sleeps on. */
export const lostWakeup: PathRule = {
  rule: 'lost-wakeup',
  title: 'an entry that was waited for is dropped without waking who waits for it next',
  advice: 'put the entry back, which wakes the next one, before the lock falls for good',
  names: new Set([...waits, ...passes]),
  leaves: ({ marks, facts }) => isSomething(marks.get(waited), facts),
  watch: (moment) => {
    const { event, state } = moment;
    if (event.kind === 'return' && waits.has(event.name)) state.marks.set(waited, event.value);
    if (event.kind === 'call' && passes.has(event.name)) state.marks.delete(waited);
    if (event.kind === 'ask' && isAbout(event.subject, state.marks.get(waited))) state.marks.delete(waited);
    if (event.kind !== 'end' && !(event.kind === 'call' && waits.has(event.name))) return undefined;
    const entry = state.marks.get(waited);
    return entry !== undefined && isDropped(entry, moment)
      ? { object: 'entry', message: dropped }
      : undefined;
  },
};

const waited = 'entry waited for';
const dropped =
  'an entry that was waited for is neither locked nor put back, so that nobody wakes the next waiter';

/** Of nothing, and of what the function hands to its caller, nobody needs to be woken here. */
function isDropped(entry: Value, { event, state }: Moment): boolean {
  if (!isSomething(entry, state.facts)) return false;
  return !(event.kind === 'end' && event.value !== undefined && state.facts.known(event.value) === entry);
}

/** One that is known to be a certain value is a conflict or nothing, and nobody waits for such a one. */
function isSomething(entry: Value | undefined, facts: State['facts']): boolean {
  return entry !== undefined && isTerm(facts.known(entry)) && facts.truth(entry) !== false;
}

/** Who finds out what the entry is may know that nobody waits for such a one. */
function isAbout(subject: Term, entry: Value | undefined): boolean {
  return entry !== undefined && isTerm(entry) && subject !== entry && subject.origins.has(entry.id);
}
