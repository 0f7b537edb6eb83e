import type { Watch } from '../vm/machine.js';
import { run } from '../vm/run.js';
import { Thread } from '../vm/thread.js';
import { type Execution, isVoluntary, setUp } from './execution.js';
import type { Scenario } from './scenario.js';

/** How many Mazurkiewicz traces a scenario has, in all and with at most k preemptions. */
export interface TraceCount {
  traces: number;
  /** At index k: traces that some interleaving with at most k preemptions belongs to. */
  byPreemptions: number[];
  /** Distinct states at the ends of traces: what the stateful search must reach too. */
  terminalStates: Set<number>;
}

/** One access of an event. */
interface Access {
  word: number;
  write: boolean;
}

/** A prefix of a trace: all interleavings of it share this node. */
interface Prefix {
  state: number;
  /** Last event of each thread. */
  events: number[];
  /** Last write and the reads since, by word. */
  words: Map<number, { write: number; reads: number[] }>;
  /** Where each thread's next step leads; undefined where it cannot run. */
  next: (number | undefined)[] | undefined;
  voluntary: boolean[];
}

/**
 * Counts traces by building the graph of their prefixes: an event is known by its thread, its place and
 * the events it depends on, so equivalent interleavings meet. States are never matched; this is the judge
 * of the search, not a search. Scenarios must be small, without choices, and must not break.
 */
export function countTraces(scenario: Scenario): TraceCount {
  const counter = new TraceCounter(setUp(scenario));
  return counter.count();
}

class TraceCounter {
  private readonly prefixes: Prefix[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly eventNumbers = new Map<string, number>();
  private readonly accesses: Access[] = [];
  private readonly watch: Watch;

  constructor(private readonly execution: Execution) {
    const accesses = this.accesses;
    this.watch = {
      visible: new Uint8Array(execution.machine.memory.words.length),
      full: true,
      record: (_thread, word, write) => accesses.push({ word, write }),
      use() {},
      wants() {},
      waits() {},
      isContended: () => true,
    };
  }

  count(): TraceCount {
    const { machine, store, functions, base } = this.execution;
    store.restore(base);
    functions.forEach((fn, thread) => {
      machine.spawn(thread, fn);
    });
    machine.watch = this.watch;
    functions.forEach((_, thread) => {
      run(machine, thread, { advance: true });
    });
    machine.watch = undefined;
    this.add(
      store.save(),
      functions.map(() => -1),
      new Map(),
    );
    return this.search();
  }

  /** 0-1 breadth first over (prefix, thread that ran last), so that each end gets its fewest preemptions. */
  private search(): TraceCount {
    const threads = this.execution.functions.length;
    const best = new Map<number, number>();
    const ends = new Map<number, number>();
    const layers: [number, number][][] = [[[0, -1]]];
    for (let cost = 0; cost < layers.length; cost++) {
      const layer = layers[cost] as [number, number][];
      for (let at = 0; at < layer.length; at++) {
        const [number, last] = layer[at] as [number, number];
        const key = number * (threads + 1) + last + 1;
        if (best.has(key)) continue;
        best.set(key, cost);
        const prefix = this.expanded(number);
        const next = prefix.next as (number | undefined)[];
        if (next.every((target) => target === undefined) && !ends.has(number)) ends.set(number, cost);
        next.forEach((target, thread) => {
          if (target === undefined) return;
          const preempts =
            last >= 0 && last !== thread && next[last] !== undefined && !prefix.voluntary[last];
          const value = cost + (preempts ? 1 : 0);
          layers[value] ??= [];
          (layers[value] as [number, number][]).push([target, thread]);
        });
      }
    }
    return this.summary(ends);
  }

  private summary(ends: Map<number, number>): TraceCount {
    const most = Math.max(...ends.values());
    const byPreemptions = Array.from(
      { length: most + 1 },
      (_, k) => [...ends.values()].filter((cost) => cost <= k).length,
    );
    const terminalStates = new Set([...ends.keys()].map((number) => (this.prefixes[number] as Prefix).state));
    return { traces: ends.size, byPreemptions, terminalStates };
  }

  private expanded(number: number): Prefix {
    const prefix = this.prefixes[number] as Prefix;
    if (prefix.next !== undefined) return prefix;
    const { machine, store, functions } = this.execution;
    prefix.next = functions.map((_, thread) => {
      store.restore(prefix.state);
      prefix.voluntary[thread] = isVoluntary((machine.threads[thread] as Int32Array)[Thread.Wait] as number);
      if ((machine.threads[thread] as Int32Array)[Thread.Status] !== 1 || !machine.enabled(thread))
        return undefined;
      return this.step(prefix, thread);
    });
    return prefix;
  }

  private step(prefix: Prefix, thread: number): number {
    const { machine, store } = this.execution;
    machine.watch = this.watch;
    this.accesses.length = 0;
    run(machine, thread);
    machine.watch = undefined;
    // The access it now stands before was recorded too, but belongs to the next event.
    const own = this.accesses.slice(0, this.accesses.length - this.pending(thread));
    const words = new Map(prefix.words);
    const event = this.event(prefix, thread, own, words);
    const events = prefix.events.slice();
    events[thread] = event;
    return this.add(store.save(), events, words);
  }

  /** How many records the unexecuted access at the thread's place made. */
  private pending(thread: number): number {
    const { machine } = this.execution;
    if ((machine.threads[thread] as Int32Array)[Thread.Status] !== 1) return 0;
    const recorded = this.accesses.length;
    machine.watch = this.watch;
    run(machine, thread, { advance: true });
    machine.watch = undefined;
    const pending = this.accesses.length - recorded;
    this.accesses.length = recorded;
    return pending;
  }

  private event(prefix: Prefix, thread: number, accesses: Access[], words: Prefix['words']): number {
    const dependencies = new Set<number>();
    const written = new Set(accesses.filter((access) => access.write).map((access) => access.word));
    const touched = new Set(accesses.map((access) => access.word));
    for (const word of touched) {
      const history = words.get(word) ?? { write: -1, reads: [] };
      dependencies.add(history.write);
      if (written.has(word)) for (const read of history.reads) dependencies.add(read);
    }
    const key = `${thread}:${prefix.events[thread]}:${[...dependencies].sort((a, b) => a - b).join()}`;
    const event = this.eventNumbers.get(key) ?? this.eventNumbers.size;
    this.eventNumbers.set(key, event);
    for (const word of touched) {
      const history = words.get(word) ?? { write: -1, reads: [] };
      words.set(
        word,
        written.has(word)
          ? { write: event, reads: [] }
          : { write: history.write, reads: [...history.reads, event] },
      );
    }
    return event;
  }

  private add(state: number, events: number[], words: Prefix['words']): number {
    const key = events.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.prefixes.length;
    this.numbers.set(key, number);
    this.prefixes.push({ state, events, words, next: undefined, voluntary: [] });
    return number;
  }
}
