import { NotAnalysed } from '../vm/violation.js';
import { Cheapest } from './cheapest.js';
import { begin, type Execution, setUp } from './execution.js';
import { Expander, type Problem } from './expand.js';
import { cost, preemptionsOf, stepsOf, switchesOf } from './frontier.js';
import { Graph } from './graph.js';
import { KnownSteps } from './known-steps.js';
import { findLivelock, livelockMessage } from './livelock.js';
import { Peek } from './peek.js';
import { type Bounds, defaultBounds, type Scenario, type Verdict } from './scenario.js';
import { scheduleOf } from './schedule.js';
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
  const visibility = new Visibility(execution.machine, bounds.full);
  const known = new KnownSteps(execution.store, new Peek(execution.store), visibility);
  let inOrder = false;
  try {
    for (;;) {
      visibility.settle();
      execution.base = execution.store.restart(execution.base);
      const search = new Search(execution, scenario, bounds, visibility, known);
      const ended = inOrder ? search.goInOrder() : search.spread();
      if (ended === 'done') return search.verdict();
      // States that were met in no order say nothing of a bound: as many are searched again, cheapest first.
      if (ended === 'too many') inOrder = true;
    }
  } finally {
    visibility.release();
    execution.machine.release();
  }
}

/** How a search ended; after `again` a word has lost the lock it was assumed to have, so points were missing. */
type End = 'done' | 'again' | 'too many';

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
  };
}

class Search {
  private readonly graph = new Graph();
  private readonly expander: Expander;
  private readonly cheapest: Cheapest;
  private prefixes: number[] = [];
  private isComplete = false;
  /** How many states there were when visibility first grew, or -1. */
  private firstGrowth = -1;

  constructor(
    private readonly execution: Execution,
    scenario: Scenario,
    private readonly bounds: Bounds,
    private readonly visibility: Visibility,
    known: KnownSteps,
  ) {
    this.expander = new Expander(execution, scenario, visibility, this.graph, known, bounds.anew);
    this.cheapest = new Cheapest(this.graph, this.expander);
  }

  /**
   * Expands all states in the order in which they are met: quicker than the cheapest first, which is asked
   * for only where something was found.
   */
  spread(): End {
    if (!this.start()) return this.visibility.grew === 0 ? 'done' : 'again';
    const { met } = this.expander;
    for (let n = 0; n < met.length; n++) {
      this.expander.expand(met[n] as number);
      if (this.isVain()) return 'again';
      if (this.overBudget) return 'too many';
    }
    return this.conclude();
  }

  /** Expands states cheapest first, until all or as many as the budget allows are known. */
  goInOrder(): End {
    if (!this.start()) return this.visibility.grew === 0 ? 'done' : 'again';
    while (!this.overBudget && this.cheapest.go()) if (this.isVain()) return 'again';
    if (this.cheapest.next === undefined) return this.conclude();
    return this.visibility.grew > 0 ? 'again' : 'done';
  }

  /** Every state is known: what only the whole graph shows, and the simplest way to all that was found. */
  private conclude(): End {
    if (this.visibility.grew > 0) return 'again';
    this.isComplete = true;
    const { expander, cheapest } = this;
    if (expander.why.size === 0) this.searchLivelock();
    cheapest.findAll(new Set([...expander.problems.values()].map(({ signature }) => signature)));
    return 'done';
  }

  /** Whether the search has to start again, and has seen enough to know most words that will be visible. */
  private isVain(): boolean {
    const { states } = this.expander;
    if (this.visibility.grew > 0 && this.firstGrowth < 0) this.firstGrowth = states;
    return this.firstGrowth >= 0 && states - this.firstGrowth > restartAfter;
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
    if (bound !== 'complete' && bound.preemptions < 0)
      why.add(`the budget of ${this.bounds.states} states is too small`);
    const violations = this.violations();
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
      entered: machine.program.functions.filter((fn) => machine.entered[fn.id] === 1).map((fn) => fn.name),
    };
  }

  private violations(): Verdict['violations'] {
    return [...this.cheapest.found.values()]
      .sort((a, b) => a.at - b.at)
      .map(({ at, node, edges, problem, round }) => {
        const before = this.cheapest.pathTo(node);
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
