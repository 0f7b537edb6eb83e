import type { Machine } from '../vm/machine.js';
import { executed, run, Stop } from '../vm/run.js';
import { monitor, Thread, Wait } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import { classify } from './deadlock.js';
import { begin, type Execution, functionNamed, isVoluntary, runAlone, setUp } from './execution.js';
import { cost, Frontier, preemptionsOf, stepsOf, switchesOf } from './frontier.js';
import { Graph, noState } from './graph.js';
import { findLivelock } from './livelock.js';
import { Nodes } from './nodes.js';
import {
  type Bounds,
  defaultBounds,
  type Found,
  type Scenario,
  type Segment,
  type Verdict,
} from './scenario.js';
import { Visibility } from './visibility.js';
import { placeOf } from './where.js';

/** What an edge that leads to no state found, before its cost is known. */
type Problem = Omit<Found, 'preemptions' | 'switches' | 'steps' | 'schedule'>;

const restartAfter = 512;

/**
 * Runs every interleaving of a scenario's threads, fewest preemptions first, and says what they do.
 * Never throws for what the program does; the verdict says why when it cannot be judged.
 */
export function explore(scenario: Scenario, bounds: Bounds = defaultBounds): Verdict {
  let execution: Execution;
  try {
    execution = setUp(scenario);
  } catch (problem) {
    if (!(problem instanceof NotAnalysed)) throw problem;
    return nothing(problem.message);
  }
  const visibility = new Visibility(execution.machine, bounds.full);
  for (;;) {
    visibility.settle();
    const search = new Search(execution, scenario, bounds, visibility);
    // A word that lost its assumed lock makes the search so far incomplete: again, with more points.
    if (!search.exhaust()) continue;
    return search.verdict();
  }
}

export function nothing(why: string): Verdict {
  return {
    kind: 'not-analysed',
    violations: [],
    bound: { preemptions: -1 },
    why: [why],
    states: 0,
    nodes: 0,
    terminals: 0,
    transitions: 0,
    assumptions: [],
    unknown: [],
    entered: [],
  };
}

class Search {
  private readonly machine: Machine;
  private readonly graph = new Graph();
  private readonly nodes = new Nodes();
  private readonly frontier = new Frontier();
  private readonly problems = new Map<number, Problem>();
  private readonly found = new Map<string, { at: number; node: number; edge: number; problem: Problem }>();
  /** States that break an `@always` condition. */
  private readonly bad = new Map<number, Problem>();
  private readonly why = new Set<string>();
  private readonly threadCount: number;
  private prefixes: number[] = [];
  private states = 0;
  private terminals = 0;
  private seen = new Uint8Array(1024);
  private overBudget = false;

  constructor(
    private readonly execution: Execution,
    private readonly scenario: Scenario,
    private readonly bounds: Bounds,
    private readonly visibility: Visibility,
  ) {
    this.machine = execution.machine;
    this.threadCount = execution.functions.length;
  }

  /** False when the search must start again because more of memory became visible. */
  exhaust(): boolean {
    try {
      const { initial, prefixes } = begin(this.execution, this.visibility);
      this.prefixes = prefixes;
      this.arrive(initial, -1);
      this.frontier.push(this.nodes.add(initial, -1, -1, -1), cost(0, 0, 0));
    } catch (problem) {
      if (problem instanceof Violation) this.why.add(`before any interleaving: ${problem.message}`);
      else if (problem instanceof NotAnalysed) this.why.add(problem.message);
      else throw problem;
      this.machine.watch = undefined;
      return true;
    }
    let firstGrowth = -1;
    for (;;) {
      const value = this.frontier.cheapest;
      if (value === undefined || this.overBudget) break;
      this.step(value);
      if (this.visibility.grew > 0 && firstGrowth < 0) firstGrowth = this.states;
      if (firstGrowth >= 0 && this.states - firstGrowth > restartAfter) return false;
    }
    if (this.visibility.grew > 0) return false;
    if (!this.overBudget && this.found.size === 0 && this.why.size === 0) this.searchLivelock();
    return true;
  }

  private step(value: number): void {
    const node = this.frontier.pop() as number;
    if (!this.nodes.settle(node)) return;
    const state = this.nodes.state(node);
    if (!this.graph.isExpanded(state)) this.expand(state);
    const last = this.nodes.last(node);
    const first = this.graph.first(state);
    for (let edge = first; edge < first + this.graph.count(state); edge++) {
      const thread = this.graph.thread(edge);
      const ran = this.graph.instructions(edge) > 0;
      const switched = ran && last >= 0 && thread !== last;
      const preempted = switched && this.graph.preempts(state, last);
      const next = value + cost(preempted ? 1 : 0, switched ? 1 : 0, ran ? 1 : 0);
      const target = this.graph.target(edge);
      if (target === noState) this.report(edge, node, next);
      else if (!this.nodes.isSettled(target, thread))
        this.frontier.push(this.nodes.add(target, thread, node, edge), next);
    }
  }

  /** Runs every thread that can run from a state, once; later visits reuse the edges. */
  private expand(state: number): void {
    const { machine, graph } = this;
    const store = this.execution.store;
    store.restore(state);
    let mask = 0;
    let chooser = -1;
    for (let t = 0; t < this.threadCount; t++) {
      if (!machine.enabled(t)) continue;
      mask |= 1 << t;
      if (isVoluntary(machine, t)) mask |= 1 << (8 + t);
      if (chooser < 0 && (machine.threads[t] as Int32Array)[Thread.Wait] === Wait.Choice) chooser = t;
    }
    graph.open(state, mask);
    if (mask === 0) this.atEnd(state);
    for (let t = 0; t < this.threadCount; t++) {
      if (((mask >> t) & 1) === 0 || (chooser >= 0 && t !== chooser)) continue;
      const outcomes = t === chooser ? ((machine.threads[t] as Int32Array)[Thread.WaitValue] as number) : 0;
      if (outcomes === 0) this.runEdge(state, t, -1);
      for (let choice = 0; choice < outcomes; choice++) this.runEdge(state, t, choice);
    }
  }

  private runEdge(state: number, thread: number, choice: number): void {
    const { machine } = this;
    const store = this.execution.store;
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
      if (stop === Stop.Done) machine.progressed = true;
      const progressed = machine.progressed;
      const target = store.save(thread);
      problem = this.arrive(target, thread);
      if (problem === undefined) {
        this.graph.add(state, thread, choice, target, ran, progressed);
        return;
      }
    } catch (thrown) {
      machine.watch = undefined;
      ran = executed;
      problem = this.problemOf(thrown, thread);
    }
    const edge = this.graph.add(state, thread, choice, noState, ran, false);
    if (problem !== undefined) this.problems.set(edge, problem);
  }

  /** First visit of a state: what its checks find, which every edge into it then leads to. */
  private arrive(state: number, thread: number): Problem | undefined {
    if (this.mark(state)) return this.bad.get(state);
    this.states++;
    if (this.states >= this.bounds.states) this.overBudget = true;
    if (this.states % 4096 === 0) this.bounds.onProgress?.(this.states);
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

  private mark(state: number): boolean {
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
  private atEnd(state: number): void {
    const { machine } = this;
    const store = this.execution.store;
    const running = this.execution.functions.findIndex(
      (_, t) => (machine.threads[t] as Int32Array)[Thread.Status] === 1,
    );
    try {
      if (running < 0) {
        this.terminals++;
        for (const check of this.scenario.finally) runAlone(machine, functionNamed(machine, check));
        return;
      }
      const stuck = classify(machine, this.threadCount, () => store.restore(state));
      const edge = this.graph.add(state, stuck.thread, -1, noState, 0, false);
      const object = '';
      this.problems.set(edge, { ...stuck, object, signature: `${stuck.rule} - ${stuck.function}` });
    } catch (thrown) {
      const problem = this.problemOf(thrown, -1);
      const edge = this.graph.add(state, 0, -1, noState, 0, false);
      if (problem !== undefined) this.problems.set(edge, problem);
    }
  }

  private problemOf(thrown: unknown, thread: number): Problem | undefined {
    if (thrown instanceof NotAnalysed) {
      this.why.add(thrown.message);
      return undefined;
    }
    if (!(thrown instanceof Violation)) throw thrown;
    const place = thread < 0 ? undefined : placeOf(this.machine, thread);
    const name = place?.fn.name ?? '';
    const signature = `${thrown.rule} ${thrown.object || '-'} ${name || '-'}: ${thrown.message}`;
    return {
      rule: thrown.rule,
      message: thrown.message,
      object: thrown.object,
      function: name,
      signature,
      thread,
    };
  }

  private report(edge: number, node: number, at: number): void {
    const problem = this.problems.get(edge);
    if (problem === undefined) return;
    const known = this.found.get(problem.signature);
    if (known === undefined || at < known.at) this.found.set(problem.signature, { at, node, edge, problem });
  }

  private searchLivelock(): void {
    const livelock = findLivelock(this.graph, this.execution.store, this.machine, this.threadCount);
    if (livelock === undefined) return;
    const node = this.shortestTo(livelock.state);
    if (node < 0) return;
    const { function: name, message } = livelock;
    const problem = {
      rule: 'livelock',
      message,
      object: '',
      function: name,
      signature: `livelock - ${name}`,
      thread: livelock.thread,
    };
    this.found.set(problem.signature, { at: cost(0, 0, 0), node, edge: -1, problem });
  }

  private shortestTo(state: number): number {
    for (let node = 0; node < this.nodes.size; node++) if (this.nodes.state(node) === state) return node;
    return -1;
  }

  private schedule(node: number, edge: number): Segment[] {
    const edges = edge >= 0 ? [...this.nodes.path(node), edge] : this.nodes.path(node);
    const started = new Set<number>();
    const segments: Segment[] = [];
    for (const e of edges) {
      const thread = this.graph.thread(e);
      let count = this.graph.instructions(e);
      if (!started.has(thread)) count += this.prefixes[thread] as number;
      if (count === 0) continue;
      started.add(thread);
      const choice = this.graph.choice(e);
      const last = segments.at(-1);
      const segment = last?.thread === thread ? last : { thread, instructions: 0, choices: [] };
      if (segment !== last) segments.push(segment);
      segment.instructions += count;
      if (choice >= 0) segment.choices.push(choice);
    }
    // Whoever is stuck at its very first wait must stand there in the replay too.
    const ended = edge >= 0 && this.graph.instructions(edge) === 0;
    for (let t = 0; ended && t < this.threadCount; t++) {
      const instructions = this.prefixes[t] as number;
      if (!started.has(t) && instructions > 0) segments.push({ thread: t, instructions, choices: [] });
    }
    return segments;
  }

  verdict(): Verdict {
    const { machine } = this;
    const violations = [...this.found.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ at, node, edge, problem }) => ({
        ...problem,
        preemptions: preemptionsOf(at),
        switches: switchesOf(at),
        steps: stepsOf(at),
        schedule: this.schedule(node, edge),
      }));
    const next = this.frontier.cheapest;
    const bound = this.overBudget
      ? { preemptions: next === undefined ? -1 : preemptionsOf(next) - 1 }
      : ('complete' as const);
    const why = [...this.why];
    if (bound !== 'complete' && bound.preemptions < 0)
      why.push(`the budget of ${this.bounds.states} states is too small`);
    const kind = violations.length > 0 ? 'violated' : why.length > 0 ? 'not-analysed' : 'holds';
    return {
      kind,
      violations,
      bound,
      why,
      states: this.states,
      nodes: this.nodes.settledCount,
      terminals: this.terminals,
      transitions: this.graph.edges,
      assumptions: [...machine.assumptions].sort(),
      unknown: [...machine.unknown].sort(),
      entered: machine.program.functions.filter((fn) => machine.entered[fn.id] === 1).map((fn) => fn.name),
    };
  }
}
