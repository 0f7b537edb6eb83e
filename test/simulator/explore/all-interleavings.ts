import { begin, isVoluntary, setUp } from '../../../simulator/explore/execution.js';
import { Visibility } from '../../../simulator/explore/visibility.js';
import type { Scenario } from '../../../simulator/index.js';
import { run } from '../../../simulator/vm/run.js';
import { Thread, Wait } from '../../../simulator/vm/thread.js';
import { Violation } from '../../../simulator/vm/violation.js';

/** The simplest way to a violation: fewest preemptions, then switches, then steps. */
export interface Simplest {
  rule: string;
  preemptions: number;
  switches: number;
  steps: number;
}

/**
 * Walks every interleaving of a small scenario, each from its beginning to its end, remembering no state, and
 * says how each rule is broken most simply. Every shared
 * access is a scheduling point. Slow on purpose: it is what the search must agree with.
 */
export class AllInterleavings {
  readonly simplest = new Map<string, Simplest>();
  interleavings = 0;
  private readonly execution;
  private readonly visibility;

  constructor(scenario: Scenario) {
    this.execution = setUp(scenario);
    this.visibility = new Visibility(this.execution.machine, true);
    this.walk(begin(this.execution, this.visibility).initial, -1, 0, 0, 0);
  }

  private walk(state: number, last: number, preemptions: number, switches: number, steps: number): void {
    const { machine, store, functions } = this.execution;
    store.restore(state);
    const enabled = functions.map((_, t) => machine.enabled(t));
    const waits = functions.map((_, t) => (machine.threads[t] as Int32Array)[Thread.Wait] as number);
    const outcomes = functions.map((_, t) =>
      waits[t] === Wait.Choice ? ((machine.threads[t] as Int32Array)[Thread.WaitValue] as number) : 1,
    );
    if (!enabled.includes(true)) this.interleavings++;
    functions.forEach((_, thread) => {
      if (!enabled[thread]) return;
      const switched = last >= 0 && thread !== last ? 1 : 0;
      const forced = last >= 0 && (!enabled[last] || isVoluntary(waits[last] as number));
      const cost = [preemptions + (forced ? 0 : switched), switches + switched, steps + 1] as const;
      for (let choice = 0; choice < (outcomes[thread] as number); choice++) {
        store.restore(state);
        const rule = this.step(thread, waits[thread] === Wait.Choice ? choice : undefined);
        if (rule === undefined) this.walk(store.save(), thread, ...cost);
        else this.report(rule, ...cost);
      }
    });
  }

  private step(thread: number, choice: number | undefined): string | undefined {
    const { machine } = this.execution;
    machine.watch = this.visibility;
    this.visibility.use(thread);
    try {
      run(machine, thread, choice === undefined ? {} : { choice });
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Violation) return thrown.rule;
      throw thrown;
    } finally {
      machine.watch = undefined;
    }
  }

  private report(rule: string, preemptions: number, switches: number, steps: number): void {
    const found = { rule, preemptions, switches, steps };
    const known = this.simplest.get(rule);
    if (known === undefined || simplerFirst(found, known) < 0) this.simplest.set(rule, found);
  }
}

export function simplerFirst(a: Simplest, b: Simplest): number {
  return a.preemptions - b.preemptions || a.switches - b.switches || a.steps - b.steps;
}
