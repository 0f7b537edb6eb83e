import { Machine } from '../vm/machine.js';
import type { Fn } from '../vm/program.js';
import { executed, run } from '../vm/run.js';
import { monitor, Thread, Wait } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import type { Scenario } from './scenario.js';
import { StateStore } from './state.js';
import type { Visibility } from './visibility.js';

/** A machine that was set up, and the store of its states; threads are started by `begin`. */
export interface Execution {
  machine: Machine;
  store: StateStore;
  functions: Fn[];
  /** The state after set-up, with no thread started. */
  base: number;
}

export function functionNamed(machine: Machine, name: string): Fn {
  const fn = machine.program.functions.find((candidate) => candidate.name === name);
  if (fn === undefined) throw new NotAnalysed(`there is no function ${name}()`);
  return fn;
}

/** Builds the machine and runs the set-up; throws NotAnalysed when the set-up itself fails. */
export function setUp(scenario: Scenario): Execution {
  const machine = new Machine(scenario.program);
  const functions = scenario.threads.map((thread) => functionNamed(machine, thread.fn));
  if (scenario.start !== undefined) {
    try {
      runAlone(machine, functionNamed(machine, scenario.start));
    } catch (problem) {
      if (problem instanceof Violation)
        throw new NotAnalysed(`the set-up fails: ${problem.message} (${problem.rule})`);
      throw problem;
    }
  }
  const store = new StateStore(machine, functions.length);
  return { machine, store, functions, base: store.save() };
}

/** Starts the threads, each run to its first scheduling point. Returns that state and what each ran. */
export function begin(execution: Execution, visibility: Visibility): { initial: number; prefixes: number[] } {
  const { machine, store, functions, base } = execution;
  store.restore(base);
  functions.forEach((fn, thread) => {
    machine.spawn(thread, fn);
  });
  machine.watch = visibility;
  const prefixes = functions.map((_, thread) => advance(execution, visibility, thread));
  machine.watch = undefined;
  return { initial: store.save(), prefixes };
}

/**
 * A thread that breaks before its first scheduling point stays at its beginning: the search will run it. So
 * does one that chooses there: all outcomes follow when it gets its first turn, not before.
 */
function advance({ machine, store }: Execution, visibility: Visibility, thread: number): number {
  const beginning = store.save();
  visibility.use(thread);
  try {
    run(machine, thread, { advance: true });
    if ((machine.threads[thread] as Int32Array)[Thread.Wait] !== Wait.Choice) return executed;
  } catch (thrown) {
    if (!(thrown instanceof Violation) && !(thrown instanceof NotAnalysed)) throw thrown;
  }
  store.restore(beginning);
  return 0;
}

/** Runs a function to its end as the monitor, where no other thread comes between. */
export function runAlone(machine: Machine, fn: Fn): void {
  machine.spawn(monitor, fn);
  try {
    run(machine, monitor);
  } finally {
    (machine.threads[monitor] as Int32Array).fill(0, 0, Thread.FirstFrame);
  }
}

/** Whether letting others run is a thread's own wish, when it waits for that. */
export function isVoluntary(wait: number): boolean {
  return wait === Wait.Yield || wait === Wait.Sleep;
}
