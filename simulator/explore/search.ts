import type { Machine } from '../vm/machine.js';
import type { Fn } from '../vm/program.js';
import { type Run, runOf } from '../vm/runs.js';
import { NotAnalysed } from '../vm/violation.js';
import { likenessOf } from './alike.js';
import { Cheapest } from './cheapest.js';
import { begin, type Execution, setUp } from './execution.js';
import { Expander, type Problem } from './expand.js';
import { cost, preemptionsOf, stepsOf, switchesOf } from './frontier.js';
import { Graph } from './graph.js';
import { KnownSteps } from './known-steps.js';
import { findLivelock, goesRound, livelockMessage } from './livelock.js';
import { Peek } from './peek.js';
import { type Bounds, defaultBounds, type Scenario, type Verdict } from './scenario.js';
import { scheduleOf } from './schedule.js';
import { Symmetry } from './symmetry.js';
import { Visibility } from './visibility.js';

/** States explored after an assumption broke, before the search starts again: it may find more such words. */
const restartAfter = 512;

/**
 * Runs every interleaving of a scenario's threads and says what they do, of each violation the simplest
 * interleaving: fewest preemptions, then fewest switches, then fewest steps.
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
  const { machine } = execution;
  const likeness = likenessOf(execution);
  if (!bounds.full && bounds.apart !== true) machine.likeness = likeness;
  try {
    for (;;) {
      const verdict = exploreAs(execution, scenario, bounds);
      if (verdict !== undefined) return verdict;
    }
  } finally {
    machine.release();
  }
}

/** Searches with what is known of how threads are alike; undefined when that was not all, or not true. */
function exploreAs(execution: Execution, scenario: Scenario, bounds: Bounds): Verdict | undefined {
  const { machine, store } = execution;
  const visibility = new Visibility(machine, bounds.full);
  const known = new KnownSteps(store, new Peek(store), visibility);
  let inOrder = false;
  try {
    for (;;) {
      visibility.settle();
      machine.likeness?.settle();
      execution.base = store.restart(execution.base);
      machine.likeness?.meets(machine.memory);
      const search = new Search(execution, scenario, bounds, visibility, known);
      const ended = inOrder ? search.goInOrder() : search.spread();
      if (ended === 'done') return search.verdict();
      // States that were met in no order say nothing of a bound: as many are searched again, cheapest first.
      if (ended === 'too many') inOrder = true;
      if (ended !== 'apart') continue;
      if (machine.likeness?.why !== undefined || machine.likeness?.grew === 0) machine.likeness = undefined;
      return undefined;
    }
  } finally {
    visibility.release();
  }
}

/**
 * After so many steps that do not end a search is given up in which states are met in no order, and after as many more
 * the one in order that follows: it tells what was found by then.
 */
const mostEndless = 32;

/**
 * How a search ended; after `again` a word has lost the lock it was assumed to have, so points were missing;
 * after `apart` threads that do the same have more memory of their own than was known, or are not alike.
 */
type End = 'done' | 'again' | 'apart' | 'too many';

/** The verdict on what could not be run at all. */
export function nothing(why: string): Verdict {
  return {
    kind: 'not-analysed',
    violations: [],
    bound: { preemptions: -1 },
    why: [why],
    states: 0,
    terminals: 0,
    transitions: 0,
    assumptions: [],
    unknown: [],
    entered: [],
    runs: [],
  };
}

class Search {
  private readonly graph: Graph;
  private readonly expander: Expander;
  private readonly cheapest: Cheapest;
  private prefixes: number[] = [];
  private isComplete = false;
  private patience = mostEndless;
  /** How many states there were when visibility first grew, or -1. */
  private firstGrowth = -1;

  constructor(
    private readonly execution: Execution,
    scenario: Scenario,
    private readonly bounds: Bounds,
    private readonly visibility: Visibility,
    private readonly known: KnownSteps,
  ) {
    const { likeness } = execution.machine;
    const symmetry = likeness && new Symmetry(execution.store, likeness);
    this.graph = new Graph(symmetry?.permutations);
    this.expander = new Expander(execution, scenario, visibility, this.graph, known, symmetry, bounds.anew);
    this.cheapest = new Cheapest(this.graph, this.expander);
  }

  /**
   * Expands all states in the order in which they are met: quicker than the cheapest first, which is asked
   * for only where something was found.
   */
  spread(): End {
    if (!this.start()) return this.vain ?? 'done';
    const { met } = this.expander;
    for (let n = 0; n < met.length; n++) {
      this.expander.expand(met.at(n));
      if (this.isVain()) return this.vain as End;
      if (this.isHopeless) return this.vain ?? 'too many';
      if (this.overBudget) return 'too many';
    }
    return this.conclude();
  }

  /** Expands states cheapest first, until all or as many as the budget allows are known. */
  goInOrder(): End {
    if (!this.start()) return this.vain ?? 'done';
    this.patience = 2 * mostEndless;
    while (!this.overBudget && !this.isHopeless && this.cheapest.go())
      if (this.isVain()) return this.vain as End;
    if (this.cheapest.next === undefined) return this.conclude();
    return this.vain ?? 'done';
  }

  /** Every state is known: what only the whole graph shows, and the simplest way to all that was found. */
  private conclude(): End {
    if (this.vain !== undefined) return this.vain;
    const { expander, cheapest, graph, execution } = this;
    // Who goes round with whom is asked only where threads are told apart.
    if (execution.machine.likeness !== undefined && goesRound(graph, execution.store)) return 'apart';
    this.isComplete = true;
    if (expander.why.size === 0) this.searchLivelock();
    cheapest.findAll(new Set([...expander.problems.values()].map(({ signature }) => signature)));
    return 'done';
  }

  /** Why the search has to start again, if it has. */
  private get vain(): 'again' | 'apart' | undefined {
    const { likeness } = this.execution.machine;
    if (likeness?.why !== undefined || (likeness?.grew ?? 0) > 0) return 'apart';
    return this.visibility.grew > 0 ? 'again' : undefined;
  }

  /** Whether the search has to start again, and has seen enough to know most words that will be visible. */
  private isVain(): boolean {
    const { states } = this.expander;
    const { vain } = this;
    if (vain === 'apart') return true;
    if (vain !== undefined && this.firstGrowth < 0) this.firstGrowth = states;
    return this.firstGrowth >= 0 && states - this.firstGrowth > restartAfter;
  }

  /** No verdict but that threads go on and on is to be had in a time that anybody waits. */
  private get isHopeless(): boolean {
    return this.known.endless >= this.patience;
  }

  private get overBudget(): boolean {
    return this.expander.states >= this.bounds.states;
  }

  /** Begins with the state in which every thread stands at its first scheduling point, if that is sound. */
  private start(): boolean {
    try {
      const { initial, prefixes } = begin(this.execution, this.visibility);
      this.prefixes = prefixes;
      const problem = this.expander.arrive(initial, -1);
      if (problem !== undefined) return this.refuse(problem);
      this.cheapest.begin(initial);
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

  private searchLivelock(): void {
    const { store, machine, functions } = this.execution;
    const livelock = findLivelock(this.graph, store, machine, functions.length);
    if (livelock === undefined) return;
    const { state, function: name, thread, cycle } = livelock;
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
    while (this.cheapest.go());
    const node = this.cheapest.nodeOf(state);
    this.cheapest.found.set(signature, { at: cost(0, 0, 0), node, edges: cycle, problem, round: true });
  }

  verdict(): Verdict {
    const { machine } = this.execution;
    const { why } = this.expander;
    const { next } = this.cheapest;
    const complete = this.isComplete || next === undefined;
    const bound = complete ? ('complete' as const) : { preemptions: preemptionsOf(next) - 1 };
    if (bound !== 'complete' && bound.preemptions < 0 && !this.isHopeless)
      why.add(`the budget of ${this.bounds.states} states is too small`);
    const violations = this.violations();
    const entered = machine.program.functions.filter((fn) => machine.entered[fn.id] === 1);
    return {
      kind: violations.length > 0 ? 'violated' : why.size > 0 ? 'not-analysed' : 'holds',
      violations,
      bound,
      why: [...why],
      states: this.expander.states,
      terminals: this.expander.terminals,
      transitions: this.graph.edges,
      assumptions: [...machine.assumptions].sort(),
      unknown: [...machine.unknown].sort(),
      entered: entered.map((fn) => fn.name),
      runs: runsOf(machine, entered),
    };
  }

  private violations(): Verdict['violations'] {
    return [...this.cheapest.found.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ at, node, edges, problem, round }) => {
        const before = this.cheapest.pathTo(node);
        // Which of the sleepers is told of depends on their names.
        const isStuck = !problem.cuts && problem.thread >= 0;
        const alike = isStuck ? [] : this.execution.machine.likeness?.members;
        const schedule = scheduleOf(this.graph, before, edges, this.prefixes, round, alike);
        return {
          ...problem,
          // What ends an interleaving is broken by whoever ran last.
          thread: problem.cuts ? (schedule.at(-1)?.thread ?? problem.thread) : problem.thread,
          preemptions: preemptionsOf(at),
          switches: switchesOf(at),
          steps: stepsOf(at),
          schedule,
        };
      });
  }
}

function runsOf({ code }: Machine, entered: readonly Fn[]): Run[] {
  const own = entered.filter(({ origin }) => ['reviewed', 'baseline', 'broken'].includes(origin));
  return own.map((fn) => runOf(code, fn));
}
