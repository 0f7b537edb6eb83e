import type { Scenario } from '../../simulator/index.js';
import type { built } from './built.js';

type Engine = Awaited<ReturnType<typeof built.engine>>;

/** A step that a thread is about to do, and what it looks at and writes: words of memory. */
interface Next {
  thread: number;
  reads: ReadonlySet<number>;
  writes: ReadonlySet<number>;
}

/**
 * Counts the runs of a scenario that differ in more than the order of steps which have nothing to do with each
 * other (Mazurkiewicz traces), as checkers without states do: depth first, one run after the other, with sleep
 * sets, no state remembered. Every shared access is a step. What this counts is known from other tools.
 */
export function countTraces(engine: Engine, scenario: Scenario, limit = 1_000_000): number {
  return new TraceCounter(engine, scenario, limit).count();
}

class TraceCounter {
  private readonly execution;
  private readonly visibility;
  private accesses: { word: number; write: boolean }[] = [];
  private traces = 0;

  constructor(
    private readonly engine: Engine,
    scenario: Scenario,
    private readonly limit: number,
  ) {
    this.execution = engine.setUp(scenario);
    this.visibility = new engine.Visibility(this.execution.machine, true);
    const record = this.visibility.record.bind(this.visibility);
    this.visibility.record = (thread, word, write, sync) => {
      this.accesses.push({ word, write });
      record(thread, word, write, sync);
    };
  }

  count(): number {
    this.walk(this.engine.begin(this.execution, this.visibility).initial, []);
    return this.traces;
  }

  private walk(state: number, asleep: readonly Next[]): void {
    const { machine, store, functions } = this.execution;
    store.restore(state);
    const able = functions.map((_, thread) => machine.enabled(thread));
    if (!able.includes(true)) this.traces++;
    if (this.traces > this.limit) return;
    const sleeping = [...asleep];
    for (const [thread, isAble] of able.entries()) {
      if (!isAble || sleeping.some((one) => one.thread === thread)) continue;
      const next = this.step(state, thread);
      this.walk(
        store.save(),
        sleeping.filter((one) => one.thread !== thread && !depends(one, next)),
      );
      sleeping.push(next);
    }
  }

  private step(state: number, thread: number): Next {
    const { machine, store } = this.execution;
    store.restore(state);
    this.accesses = [];
    machine.watch = this.visibility;
    this.visibility.use(thread);
    try {
      // What it stops before is told, too, and belongs to the next step; these programs access word by word.
      if (this.engine.run(machine, thread) === this.engine.Stop.Point) this.accesses.pop();
    } finally {
      machine.watch = undefined;
    }
    const words = (written: boolean) =>
      new Set(this.accesses.flatMap(({ word, write }) => (write === written ? [word] : [])));
    return { thread, reads: words(false), writes: words(true) };
  }
}

function depends(a: Next, b: Next): boolean {
  const meets = (some: ReadonlySet<number>, others: ReadonlySet<number>) =>
    [...some].some((word) => others.has(word));
  return meets(a.writes, b.writes) || meets(a.writes, b.reads) || meets(a.reads, b.writes);
}
