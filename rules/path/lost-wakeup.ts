import type { Moment } from '../../simulator/path/event.js';
import { type Alarm, excusedFrom, type PathRule } from '../../simulator/path/rule.js';
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
    if (event.kind === 'return' && waits.has(event.name)) begin(state, event.value);
    if (event.kind === 'call' && passes.has(event.name)) forget(state);
    if (event.kind === 'ask') ask(state, event.subject);
    if (event.kind !== 'end' && !(event.kind === 'call' && waits.has(event.name))) return undefined;
    return (
      alarm(waited, moment) ??
      alarm(
        known,
        moment,
        `who asks for a bit of an entry that was waited for may know that nobody waits behind`,
      )
    );
  },
};

const waited = 'entry waited for';
/** A bit of it was asked for. */
const known = excusedFrom(waited);
const dropped =
  'an entry that was waited for is neither locked nor put back, so that nobody wakes the next waiter';

function begin(state: State, entry: Value): void {
  forget(state);
  state.marks.set(waited, entry);
}

function forget({ marks }: State): void {
  marks.delete(waited);
  marks.delete(known);
}

/** Who finds out what the entry is may know that nobody waits for such a one. */
function ask({ marks, facts }: State, subject: Term): void {
  const entry = marks.get(waited);
  if (entry === undefined || !isAbout(subject, entry)) return;
  marks.delete(waited);
  if (isSomething(entry, facts)) marks.set(known, entry);
}

function alarm(mark: string, moment: Moment, excuse?: string): Alarm | undefined {
  const entry = moment.state.marks.get(mark);
  if (entry === undefined || !isDropped(entry, moment)) return undefined;
  return { object: 'entry', message: dropped, excuse };
}

/** Of nothing, and of what the function hands to its caller, nobody needs to be woken here. */
function isDropped(entry: Value, { event, state }: Moment): boolean {
  if (!isSomething(entry, state.facts)) return false;
  return !(event.kind === 'end' && event.value !== undefined && state.facts.known(event.value) === entry);
}

/** One that is known to be a certain value is a conflict or nothing, and nobody waits for such a one. */
function isSomething(entry: Value | undefined, facts: State['facts']): boolean {
  return entry !== undefined && isTerm(facts.known(entry)) && facts.truth(entry) !== false;
}

function isAbout(subject: Term, entry: Value): boolean {
  return isTerm(entry) && subject !== entry && subject.origins.has(entry.id);
}
