import type { Machine } from '../vm/machine.js';
import { executed, run, Stop } from '../vm/run.js';
import { monitor, Thread, Wait } from '../vm/thread.js';
import { grown } from '../vm/vector-table.js';
import { Endless, NotAnalysed, Violation } from '../vm/violation.js';
import { classify } from './deadlock.js';
import { type Execution, functionNamed, isVoluntary, runAlone } from './execution.js';
import { type Graph, noState } from './graph.js';
import { type Effect, ends, firstChoice, type KnownSteps } from './known-steps.js';
import { NumberList } from './number-list.js';
import type { Peek } from './peek.js';
import type { Found, Scenario } from './scenario.js';
import type { StateStore } from './state.js';
import type { Symmetry } from './symmetry.js';
import type { Visibility } from './visibility.js';
import { placeOf } from './where.js';

/** What an edge that leads to no state found; its cost is the search's business. */
export type Problem = Omit<Found, 'preemptions' | 'switches' | 'steps' | 'schedule'>;

/** The key of the conditions that always hold among what is known of steps. */
const checks = -1;
const nothing: Effect = { instructions: 0, progressed: false, difference: undefined, problem: undefined };

/** Runs the threads of states, once each, and writes what they lead to into the graph. */
export class Expander {
  /** By edge: what it found. */
  readonly problems = new Map<number, Problem>();
  readonly why = new Set<string>();
  states = 0;
  terminals = 0;
  /** The states from which the threads go on, in the order in which they were first met. */
  readonly met = new NumberList();
  /** States that break an `@always` condition. */
  private readonly bad = new Map<number, Problem>();
  /** A bit for each state that was met. */
  private seen = new Int32Array(32);
  /**
   * The step that is being taken: from a state, by a thread, with an outcome of its choice or -1. It is the
   * step of `actor` in `from`: of threads that are alike, the first runs for all.
   */
  private readonly edge = { state: 0, thread: 0, choice: -1, from: 0, actor: 0, turn: 0 };
  private readonly machine: Machine;
  private readonly store: StateStore;
  private readonly peek: Peek;
  private readonly threadCount: number;

  constructor(
    private readonly execution: Execution,
    private readonly scenario: Scenario,
    private readonly visibility: Visibility,
    private readonly graph: Graph,
    private readonly known: KnownSteps,
    private readonly symmetry: Symmetry | undefined,
    /** Runs every step, though it is known what it does. */
    private readonly anew = false,
  ) {
    this.machine = execution.machine;
    this.store = execution.store;
    this.peek = known.peek;
    this.threadCount = execution.functions.length;
  }

  expand(state: number): void {
    const { graph, peek } = this;
    let mask = 0;
    let chooser = -1;
    for (let t = 0; t < this.threadCount; t++) {
      if (!peek.isEnabled(state, t)) continue;
      mask |= 1 << t;
      const wait = peek.wait(state, t);
      if (isVoluntary(wait)) mask |= 1 << (8 + t);
      if (chooser < 0 && wait === Wait.Choice) chooser = t;
    }
    graph.open(state, mask);
    if (mask === 0) this.end(state);
    // A choice is the thread's own: nobody needs to come before it, unless it could come back to it for ever.
    if (chooser >= 0 && !this.choose(state, chooser)) return;
    for (let t = 0; t < this.threadCount; t++)
      if (t !== chooser && ((mask >> t) & 1) === 1) this.step(state, t, -1);
  }

  /** Takes every outcome; whether one leads to where the search was before. */
  private choose(state: number, chooser: number): boolean {
    const { graph, peek } = this;
    const outcomes = peek.word(state, chooser, Thread.WaitValue);
    for (let choice = 0; choice < outcomes; choice++) this.step(state, chooser, choice);
    for (let edge = graph.first(state); edge < graph.edges; edge++)
      if (graph.target(edge) !== noState && graph.target(edge) <= state) return true;
    return false;
  }

  /** First visit of a state: what its checks find, which every edge into it then leads to. */
  arrive(state: number, thread: number): Problem | undefined {
    if (this.isKnown(state)) return this.brokenBy(state, thread);
    this.states++;
    const problem = this.check(state, thread);
    if (problem === undefined) this.met.push(state);
    else this.bad.set(state, problem);
    return problem;
  }

  /** What is broken in a known state, as it is told of whoever came there now. */
  private brokenBy(state: number, thread: number): Problem | undefined {
    const problem = this.bad.get(state);
    if (problem === undefined) return undefined;
    this.store.restore(state);
    return this.toldOf(problem, thread);
  }

  private check(state: number, thread: number): Problem | undefined {
    if (this.scenario.always.length === 0 || this.known.find(checks, state)) return undefined;
    this.store.restore(state);
    const { footprint } = this.machine.memory;
    const { grew } = this.visibility;
    footprint.start();
    try {
      for (const check of this.scenario.always) this.runAlways(check);
      if (!this.anew && this.visibility.grew === grew) this.known.learn(checks, state, footprint, nothing);
    } catch (thrown) {
      return this.problemOf(thrown, thread);
    } finally {
      this.machine.observe = undefined;
    }
    return undefined;
  }

  private step(state: number, thread: number, choice: number): void {
    const { store, peek, known, edge, symmetry } = this;
    const turn = symmetry?.toFirst(thread) ?? 0;
    const from = turn === 0 ? state : (symmetry as Symmetry).image(state, turn);
    const actor = turn === 0 ? thread : (symmetry as Symmetry).first;
    edge.state = state;
    edge.thread = thread;
    edge.choice = choice;
    edge.from = from;
    edge.actor = actor;
    edge.turn = turn;
    // Mostly a small number, which costs nothing to make.
    const place = peek.number(from, actor) * 8 + actor;
    const key = choice < 0 ? place : place + (choice + 1) * firstChoice;
    if (!known.find(key, from)) this.run(key);
    else if (known.own === ends) this.fail(known.instructions, this.judged(known.problem));
    else
      this.reach(store.successor(from, actor, known.own, known.world), known.instructions, known.progressed);
  }

  /** Runs a step for the first time, and learns what it does. */
  private run(key: number): void {
    const { machine, store, visibility } = this;
    const { from: state, actor: thread, choice } = this.edge;
    store.restore(state);
    machine.progressed = false;
    machine.memory.footprint.start();
    const { grew } = visibility;
    const learn = (effect: Effect) => {
      if (!this.anew && visibility.grew === grew)
        this.known.learn(key, state, machine.memory.footprint, effect);
    };
    let stop: Stop;
    try {
      machine.watch = visibility;
      visibility.use(thread);
      stop = run(machine, thread, choice >= 0 ? { choice } : {});
    } catch (thrown) {
      const instructions = executed;
      const problem = this.problemOf(thrown, thread);
      store.restore(state);
      const found = problem ?? (thrown as NotAnalysed).message;
      learn({ instructions, progressed: false, difference: undefined, problem: found });
      this.fail(instructions, problem);
      return;
    } finally {
      machine.watch = undefined;
    }
    const instructions = executed;
    const progressed = machine.progressed || stop === Stop.Done;
    const target = store.save();
    const difference = this.peek.difference(state, target, thread);
    if (difference !== undefined) learn({ instructions, progressed, difference, problem: undefined });
    this.reach(target, instructions, progressed);
  }

  private reach(raw: number, instructions: number, progressed: boolean): void {
    const { graph, symmetry } = this;
    const { state, thread, choice } = this.edge;
    const target = symmetry === undefined ? raw : symmetry.settle(raw);
    const turn = symmetry === undefined ? 0 : symmetry.after(this.edge.turn, symmetry.turn);
    const problem = this.arrive(target, symmetry?.permutations[turn]?.[thread] ?? thread);
    if (problem === undefined) graph.add(state, thread, choice, target, instructions, progressed, turn);
    else this.fail(instructions, { ...problem, thread });
  }

  /** What could not be judged when it was run cannot be now. */
  private judged(found: Problem | string | undefined): Problem | undefined {
    if (typeof found !== 'string') return found;
    this.why.add(found);
    return undefined;
  }

  private fail(instructions: number, problem: Problem | undefined): void {
    const { state, thread, choice } = this.edge;
    const edge = this.graph.add(state, thread, choice, noState, instructions, false);
    if (problem !== undefined) this.problems.set(edge, problem);
  }

  /** What a check reads must be as visible as if a thread read it that holds the locks it wants free. */
  private runAlways(check: string): void {
    const { machine } = this;
    machine.asked.clear();
    const reads: number[] = [];
    machine.observe = (word) => reads.push(word);
    try {
      runAlone(machine, functionNamed(machine, check));
    } finally {
      // What is broken may be so for want of points: threads ran on through writes to what is read here.
      this.visibility.useMonitor(machine.asked);
      for (const word of reads) this.visibility.record(monitor, word, false, false);
    }
  }

  private isKnown(state: number): boolean {
    const at = state >> 5;
    const bit = 1 << (state & 31);
    while (at >= this.seen.length) this.seen = grown(this.seen);
    const bits = this.seen[at] as number;
    this.seen[at] = bits | bit;
    return (bits & bit) !== 0;
  }

  /** Nobody can run: everybody is done and the final checks are due, or somebody is stuck. */
  private end(state: number): void {
    const { functions } = this.execution;
    const running = functions.findIndex((_, thread) => this.peek.word(state, thread, Thread.Status) === 1);
    if (running < 0) this.finish(state);
    else for (const turn of this.symmetry?.permutations.keys() ?? [0]) this.tellStuck(state, turn);
  }

  private finish(state: number): void {
    const { machine } = this;
    this.terminals++;
    this.store.restore(state);
    try {
      for (const check of this.scenario.finally) runAlone(machine, functionNamed(machine, check));
    } catch (thrown) {
      this.endWith(state, this.problemOf(thrown, -1));
    }
  }

  /** Of the sleepers, the first is told of: in the states that this one stands for, that may be another. */
  private tellStuck(state: number, turn: number): void {
    const { machine, store, symmetry } = this;
    const image = symmetry?.image(state, turn) ?? state;
    store.restore(image);
    try {
      const stuck = classify(machine, this.threadCount, () => store.restore(image));
      const signature = `${stuck.rule} - ${stuck.function}`;
      this.endWith(state, { ...stuck, object: '', signature, cuts: false }, turn);
    } catch (thrown) {
      this.endWith(state, this.problemOf(thrown, -1), turn);
    }
  }

  private endWith(state: number, problem: Problem | undefined, turn = 0): void {
    const edge = this.graph.add(state, Math.max(0, problem?.thread ?? 0), -1, noState, 0, false, turn);
    if (problem !== undefined) this.problems.set(edge, { ...problem, cuts: false });
  }

  problemOf(thrown: unknown, thread: number): Problem | undefined {
    if (thrown instanceof Endless) this.known.endless++;
    if (thrown instanceof NotAnalysed) {
      this.why.add(thrown.message);
      return undefined;
    }
    if (!(thrown instanceof Violation)) throw thrown;
    return this.toldOf(thrown, thread);
  }

  /** A violation of a thread where it stands now. */
  private toldOf(
    { rule, message, object }: Pick<Problem, 'rule' | 'message' | 'object'>,
    thread: number,
  ): Problem {
    const name = thread < 0 ? '' : (placeOf(this.machine, thread)?.fn.name ?? '');
    const signature = `${rule} ${object || '-'} ${name || '-'}`;
    return { rule, message, object, function: name, signature, cuts: true, thread };
  }
}
