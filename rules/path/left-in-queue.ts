import type { Moment } from '../../simulator/path/event.js';
import type { Alarm, PathRule } from '../../simulator/path/rule.js';
import type { State } from '../../simulator/path/state.js';
import { isTerm, placeOf, type Value } from '../../simulator/path/term.js';

/** Each puts its second argument, a wait entry, into a queue. */
const queues = new Set([
  'prepare_to_wait',
  'prepare_to_wait_exclusive',
  'prepare_to_swait_exclusive',
  'add_wait_queue',
  'add_wait_queue_exclusive',
  'add_wait_queue_priority',
  '__add_wait_queue',
  '__add_wait_queue_exclusive',
  '__add_wait_queue_entry_tail',
  '__add_wait_queue_entry_tail_exclusive',
]);

/** Who is handed the entry and leaves it where it is; anybody else may take it out. */
const leaves = new Set(['wait_woken']);

/** A wait entry on the stack stays in its queue when the function returns. */
export const leftInQueue: PathRule = {
  rule: 'use-after-free',
  title: 'a wait entry on the stack is still in its queue when the function returns',
  advice: 'take the entry out of the queue on every path: finish_wait(), or remove_wait_queue()',
  watch: (moment) => {
    const { event, state } = moment;
    if (event.kind === 'call') call(state, event.name, event.args);
    return event.kind === 'end' ? alarm(moment) : undefined;
  },
};

/** The mark of an entry that is in a queue: its address, by who put it there and where in the frame it lies. */
const queued = 'in a queue by ';

function call(state: State, name: string, args: readonly Value[]): void {
  if (leaves.has(name)) return;
  for (const arg of args) takeOut(state, arg);
  const entry = args[1];
  if (queues.has(name) && entry !== undefined && isOwn(state, entry))
    state.marks.set(`${queued}${name} ${placeOf(entry).offset}`, entry);
}

/** Who gets a variable, or a part of it, may do to all of it what he likes. */
function takeOut(state: State, address: Value): void {
  if (!isOwn(state, address)) return;
  for (const [name, entry] of [...state.marks])
    if (name.startsWith(queued) && variableOf(state, entry) === variableOf(state, address))
      state.marks.delete(name);
}

/** An address on the stack of the function that was begun with: those that it calls are looked at by themselves. */
function isOwn({ frames }: State, address: Value): boolean {
  return isTerm(address) && placeOf(address).base === frames[0]?.base;
}

/** Where the variable begins that an address on that stack lies in. */
function variableOf({ frames }: State, address: Value): number {
  const { offset } = placeOf(address);
  return Math.max(0, ...(frames[0]?.fn.objects ?? []).filter((start) => start <= offset));
}

function alarm({ state }: Moment): Alarm | undefined {
  const [mark] = [...state.marks.keys()].filter((name) => name.startsWith(queued));
  if (mark === undefined) return undefined;
  const [by] = mark.slice(queued.length).split(' ');
  const message = `nothing took out what ${by}() put into the queue: who wakes it follows the entry to a stack that is gone`;
  return { object: 'wait entry', message };
}
