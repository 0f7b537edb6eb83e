import type { Machine } from '../vm/machine.js';
import { executed, run, Stop } from '../vm/run.js';
import { monitor, Thread, Wait } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import { classify } from './deadlock.js';
import { type Execution, functionNamed, isVoluntary, runAlone } from './execution.js';
import { type Graph, noState } from './graph.js';
import type { Found, Scenario } from './scenario.js';
import type { Visibility } from './visibility.js';
import { placeOf } from './where.js';

/** What an edge that leads to no state found; its cost is the search's business. */
export type Problem = Omit<Found, 'preemptions' | 'switches' | 'steps' | 'schedule'>;

/** Runs the threads of states, once each, and writes what they lead to into the graph. */
export class Expander {
  /** By edge: what it found. */
  readonly problems = new Map<number, Problem>();
  readonly why = new Set<string>();
  states = 0;
  terminals = 0;
  /** States that break an `@always` condition. */
  private readonly bad = new Map<number, Problem>();
  private seen = new Uint8Array(1024);
  private readonly machine: Machine;
  private readonly threadCount: number;

  constructor(
    private readonly execution: Execution,
    private readonly scenario: Scenario,
    private readonly visibility: Visibility,
    private readonly graph: Graph,
  ) {
    this.machine = execution.machine;
    this.threadCount = execution.functions.length;
  }

  expand(state: number): void {
    const { machine, graph } = this;
    this.execution.store.restore(state);
    let mask = 0;
    let chooser = -1;
    for (let t = 0; t < this.threadCount; t++) {
      if (!machine.enabled(t)) continue;
      mask |= 1 << t;
      if (isVoluntary(machine, t)) mask |= 1 << (8 + t);
      if (chooser < 0 && this.word(t, Thread.Wait) === Wait.Choice) chooser = t;
    }
    graph.open(state, mask);
    if (mask === 0) this.end(state);
    // A choice is the thread's own: nobody needs to come before it.
    const outcomes = chooser < 0 ? 0 : this.word(chooser, Thread.WaitValue);
    for (let choice = 0; choice < outcomes; choice++) this.step(state, chooser, choice);
    for (let t = 0; t < this.threadCount; t++)
      if (chooser < 0 && ((mask >> t) & 1) === 1) this.step(state, t, -1);
  }

  /** First visit of a state: what its checks find, which every edge into it then leads to. */
  arrive(state: number, thread: number): Problem | undefined {
    if (this.isKnown(state)) return this.bad.get(state);
    this.states++;
    try {
      for (const check of this.scenario.always) this.runAlways(check);
    } catch (thrown) {
      const problem = this.problemOf(thrown, thread);
      if (problem !== undefined) this.bad.set(state, problem);
      return problem;
    } finally {
      this.machine.observe = undefined;
    }
    return undefined;
  }

  private word(thread: number, at: number): number {
    return (this.machine.threads[thread] as Int32Array)[at] as number;
  }

  private step(state: number, thread: number, choice: number): void {
    const { machine, graph } = this;
    const { store } = this.execution;
    store.restore(state);
    machine.progressed = false;
    let problem: Problem | undefined;
    let ran = 0;
    try {
      machine.watch = this.visibility;
      this.visibility.use(thread);
      const stop = run(machine, thread, choice >= 0 ? { choice } : {});
      ran = executed;
      machine.watch = undefined;
      const progressed = machine.progressed || stop === Stop.Done;
      const target = store.save(thread);
      problem = this.arrive(target, thread);
      if (problem === undefined) {
        graph.add(state, thread, choice, target, ran, progressed);
        return;
      }
    } catch (thrown) {
      machine.watch = undefined;
      ran = executed;
      problem = this.problemOf(thrown, thread);
    }
    const edge = graph.add(state, thread, choice, noState, ran, false);
    if (problem !== undefined) this.problems.set(edge, problem);
  }

  /** What a check reads must be as visible as if a thread read it that holds the locks it wants free. */
  private runAlways(check: string): void {
    const { machine } = this;
    machine.asked.clear();
    const reads: number[] = [];
    machine.observe = (word) => reads.push(word);
    runAlone(machine, functionNamed(machine, check));
    this.visibility.useMonitor(machine.asked);
    for (const word of reads) this.visibility.record(monitor, word, false, false);
  }

  private isKnown(state: number): boolean {
    while (state >= this.seen.length) {
      const larger = new Uint8Array(this.seen.length * 2);
      larger.set(this.seen);
      this.seen = larger;
    }
    if (this.seen[state] === 1) return true;
    this.seen[state] = 1;
    return false;
  }

  /** Nobody can run: everybody is done and the final checks are due, or somebody is stuck. */
  private end(state: number): void {
    const { machine, graph } = this;
    const { store, functions } = this.execution;
    const running = functions.findIndex((_, thread) => this.word(thread, Thread.Status) === 1);
    let problem: Problem | undefined;
    try {
      if (running < 0) {
        this.terminals++;
        for (const check of this.scenario.finally) runAlone(machine, functionNamed(machine, check));
        return;
      }
      const stuck = classify(machine, this.threadCount, () => store.restore(state));
      problem = { ...stuck, object: '', signature: `${stuck.rule} - ${stuck.function}`, cuts: false };
    } catch (thrown) {
      problem = this.problemOf(thrown, -1);
      if (problem !== undefined) problem.cuts = false;
    }
    const edge = graph.add(state, Math.max(0, problem?.thread ?? 0), -1, noState, 0, false);
    if (problem !== undefined) this.problems.set(edge, problem);
  }

  problemOf(thrown: unknown, thread: number): Problem | undefined {
    if (thrown instanceof NotAnalysed) {
      this.why.add(thrown.message);
      return undefined;
    }
    if (!(thrown instanceof Violation)) throw thrown;
    const name = thread < 0 ? '' : (placeOf(this.machine, thread)?.fn.name ?? '');
    const { rule, message, object } = thrown;
    const signature = `${rule} ${object || '-'} ${name || '-'}`;
    return { rule, message, object, function: name, signature, cuts: true, thread };
  }
}
