import { NotAnalysed } from '../vm/violation.js';
import { begin, type Execution, setUp } from './execution.js';
import { Expander, type Problem } from './expand.js';
import { cost, Frontier, preemptionsOf, stepsOf, switchesOf } from './frontier.js';
import { Graph, noState } from './graph.js';
import { KnownSteps } from './known-steps.js';
import { findLivelock, livelockMessage } from './livelock.js';
import { Nodes } from './nodes.js';
import { Peek } from './peek.js';
import { type Bounds, defaultBounds, type Scenario, type Verdict } from './scenario.js';
import { scheduleOf } from './schedule.js';
import { Visibility } from './visibility.js';

/** States explored after an assumption broke, before the search starts again: it may find more such words. */
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
    if (problem instanceof NotAnalysed) return nothing(problem.message);
    throw problem;
  }
  const visibility = new Visibility(execution.machine, bounds.full);
  const known = new KnownSteps(execution.store, new Peek(execution.store), visibility);
  try {
    for (;;) {
      visibility.settle();
      const search = new Search(execution, scenario, bounds, visibility, known);
      if (search.exhaust()) return search.verdict();
    }
  } finally {
    visibility.release();
    execution.machine.release();
  }
}

/** The verdict on what could not be run at all. */
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

/** A violation: the node it was reached from, and the edges from there on. */
interface Sighting {
  at: number;
  node: number;
  edges: number[];
  problem: Problem;
  /** The edges lead back to where they begin. */
  round: boolean;
}

class Search {
  private readonly graph = new Graph();
  private readonly nodes = new Nodes();
  private readonly frontier = new Frontier();
  private readonly expander: Expander;
  private readonly found = new Map<string, Sighting>();
  private prefixes: number[] = [];

  constructor(
    private readonly execution: Execution,
    scenario: Scenario,
    private readonly bounds: Bounds,
    private readonly visibility: Visibility,
    known: KnownSteps,
  ) {
    this.expander = new Expander(execution, scenario, visibility, this.graph, known, bounds.anew);
  }

  /** False when it must start again: a word lost the lock it was assumed to have, so points were missing. */
  exhaust(): boolean {
    if (!this.start()) return this.visibility.grew === 0;
    let firstGrowth = -1;
    while (this.frontier.cheapest !== undefined && !this.overBudget) {
      this.settle(this.frontier.cheapest);
      if (this.visibility.grew > 0 && firstGrowth < 0) firstGrowth = this.expander.states;
      if (firstGrowth >= 0 && this.expander.states - firstGrowth > restartAfter) return false;
    }
    if (this.visibility.grew > 0) return false;
    if (!this.overBudget && this.expander.why.size === 0) this.searchLivelock();
    return true;
  }

  private get overBudget(): boolean {
    return this.expander.states >= this.bounds.states;
  }

  private start(): boolean {
    try {
      const { initial, prefixes } = begin(this.execution, this.visibility);
      this.prefixes = prefixes;
      const problem = this.expander.arrive(initial, -1);
      if (problem !== undefined) return this.refuse(problem);
      this.frontier.push(this.nodes.add(initial, -1, -1, -1), cost(0, 0, 0));
      return true;
    } catch (thrown) {
      this.execution.machine.watch = undefined;
      return this.refuse(this.expander.problemOf(thrown, -1));
    }
  }

  /** What is broken before any thread took a step is the scenario's fault, and says nothing of its threads. */
  private refuse(problem: Problem | undefined): false {
    if (problem !== undefined) this.expander.why.add(`before any interleaving: ${problem.message}`);
    return false;
  }

  /** Takes the cheapest node, and pushes where its threads lead. */
  private settle(value: number): void {
    const node = this.frontier.pop() as number;
    if (!this.nodes.settle(node)) return;
    const state = this.nodes.state(node);
    const { graph } = this;
    if (!graph.isExpanded(state)) this.expander.expand(state);
    if (this.nodes.settledCount % 4096 === 0) this.bounds.onProgress?.(this.expander.states);
    const last = this.nodes.last(node);
    const first = graph.first(state);
    for (let edge = first; edge < first + graph.count(state); edge++) {
      const thread = graph.thread(edge);
      const target = graph.target(edge);
      const ran = target !== noState || graph.instructions(edge) > 0;
      const switched = ran && last >= 0 && thread !== last;
      const preempted = switched && graph.preempts(state, last);
      if (target === noState)
        this.report(edge, node, value + cost(preempted ? 1 : 0, switched ? 1 : 0, ran ? 1 : 0));
      else if (!this.nodes.isSettled(target, thread))
        this.frontier.pushStep(this.nodes.add(target, thread, node, edge), value, switched, preempted);
    }
  }

  private report(edge: number, node: number, at: number): void {
    const problem = this.expander.problems.get(edge);
    if (problem === undefined) return;
    const known = this.found.get(problem.signature);
    if (known === undefined || at < known.at)
      this.found.set(problem.signature, { at, node, edges: [edge], problem, round: false });
  }

  private searchLivelock(): void {
    const { store, machine, functions } = this.execution;
    const livelock = findLivelock(this.graph, store, machine, functions.length);
    if (livelock === undefined) return;
    const node = this.nodes.firstOf(livelock.state);
    const { function: name, thread, cycle } = livelock;
    const signature = `livelock - ${name}`;
    const problem = {
      rule: 'livelock',
      message: livelockMessage,
      object: '',
      function: name,
      signature,
      cuts: false,
      thread,
    };
    this.found.set(signature, { at: cost(0, 0, 0), node, edges: cycle, problem, round: true });
  }

  verdict(): Verdict {
    const { machine } = this.execution;
    const { why } = this.expander;
    const next = this.frontier.cheapest;
    const complete = !this.overBudget || next === undefined;
    const bound = complete ? ('complete' as const) : { preemptions: preemptionsOf(next) - 1 };
    if (bound !== 'complete' && bound.preemptions < 0)
      why.add(`the budget of ${this.bounds.states} states is too small`);
    const violations = this.violations();
    return {
      kind: violations.length > 0 ? 'violated' : why.size > 0 ? 'not-analysed' : 'holds',
      violations,
      bound,
      why: [...why],
      states: this.expander.states,
      nodes: this.nodes.settledCount,
      terminals: this.expander.terminals,
      transitions: this.graph.edges,
      assumptions: [...machine.assumptions].sort(),
      unknown: [...machine.unknown].sort(),
      entered: machine.program.functions.filter((fn) => machine.entered[fn.id] === 1).map((fn) => fn.name),
    };
  }

  private violations(): Verdict['violations'] {
    return [...this.found.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ at, node, edges, problem, round }) => {
        const before = this.nodes.path(node);
        const schedule = scheduleOf(this.graph, before, edges, this.prefixes, round);
        return {
          ...problem,
          preemptions: preemptionsOf(at),
          switches: switchesOf(at),
          steps: stepsOf(at),
          schedule,
        };
      });
  }
}
