import type { Expander, Problem } from './expand.js';
import { cost, Frontier } from './frontier.js';
import { type Graph, noState } from './graph.js';
import { Nodes } from './nodes.js';

/** A violation: the node it was reached from, and the edges from there on. */
export interface Sighting {
  at: number;
  node: number;
  edges: number[];
  problem: Problem;
  /** The edges lead back to where they begin. */
  round: boolean;
}

/** Walks the graph in the order of cost, and keeps of each kind of violation the simplest way to it. */
export class Cheapest {
  /** By signature. */
  readonly found = new Map<string, Sighting>();
  private readonly nodes = new Nodes();
  private readonly frontier = new Frontier();

  constructor(
    private readonly graph: Graph,
    private readonly expander: Expander,
  ) {}

  begin(initial: number): void {
    this.frontier.push(this.nodes.add(initial, -1, -1, -1), cost(0, 0, 0));
  }

  /** The cost of what comes next; undefined when everything was walked. */
  get next(): number | undefined {
    return this.frontier.cheapest;
  }

  /** Takes the cheapest node, expands its state if nobody did, and pushes where its threads lead; false at the end. */
  go(): boolean {
    const value = this.frontier.cheapest;
    const node = this.frontier.pop();
    if (value === undefined || node === undefined) return false;
    if (this.nodes.settle(node)) this.leave(node, value);
    return true;
  }

  /** Walks until nothing of these signatures can be found more cheaply than it was. */
  findAll(signatures: ReadonlySet<string>): void {
    const isOpen = (next: number) =>
      this.found.size < signatures.size || [...this.found.values()].some(({ at }) => next < at);
    while (this.next !== undefined && isOpen(this.next)) this.go();
  }

  /** The first node of a state. */
  nodeOf(state: number): number {
    return this.nodes.firstOf(state);
  }

  /** The edges that lead to a node. */
  pathTo(node: number): number[] {
    return this.nodes.path(node);
  }

  private leave(node: number, value: number): void {
    const { graph, nodes } = this;
    const state = nodes.state(node);
    if (!graph.isExpanded(state)) this.expander.expand(state);
    const last = nodes.last(node);
    const first = graph.first(state);
    for (let edge = first; edge < first + graph.count(state); edge++) {
      const thread = graph.thread(edge);
      const target = graph.target(edge);
      const ran = target !== noState || graph.instructions(edge) > 0;
      const switched = ran && last >= 0 && thread !== last;
      const preempted = switched && graph.preempts(state, last);
      if (target === noState)
        this.report(edge, node, value + cost(preempted ? 1 : 0, switched ? 1 : 0, ran ? 1 : 0));
      else if (!nodes.isSettled(target, graph.heir(edge)))
        this.frontier.pushStep(nodes.add(target, graph.heir(edge), node, edge), value, switched, preempted);
    }
  }

  private report(edge: number, node: number, at: number): void {
    const problem = this.expander.problems.get(edge);
    if (problem === undefined) return;
    const known = this.found.get(problem.signature);
    if (known === undefined || at < known.at)
      this.found.set(problem.signature, { at, node, edges: [edge], problem, round: false });
  }
}
