import { type Graph, noState } from './graph.js';

/**
 * Strongly connected components that have a cycle, of the steps in which nothing is achieved: between the states
 * that are `left` (1) and can be reached from `roots`, the first met first. Most states are a component of their own,
 * and nothing is made for them.
 */
export function* cycles(graph: Graph, roots: Iterable<number>, left: Uint8Array): Iterable<number[]> {
  const walk = new Walk(graph, left);
  for (const root of roots) {
    if (walk.isSeen(root)) continue;
    walk.open(root);
    for (let component = walk.next(); component !== undefined; component = walk.next()) yield component;
  }
}

/** After D. Pearce, "A space-efficient algorithm for finding strongly connected components" (2016). */
class Walk {
  /**
   * By state: 0 until it is met, then the first place on the way that it is known to lead to. When its component is
   * closed, more than any place: to come there again leads nowhere new.
   */
  private readonly ranks: Int32Array;
  /** The states on the way to where the walk is, and for each: the place where it came in, and its next edge. */
  private readonly way: Int32Array;
  private readonly places: Int32Array;
  private readonly edges: Int32Array;
  /** States that were left behind, of components that are not closed. */
  private readonly behind: Int32Array;
  private depth = 0;
  private height = 0;
  private place = 1;
  private closed: number;

  constructor(
    private readonly graph: Graph,
    left: Uint8Array,
  ) {
    const size = left.length;
    this.closed = size + 1;
    this.ranks = new Int32Array(size);
    for (let state = 0; state < size; state++) if (left[state] === 0) this.ranks[state] = this.closed;
    this.way = new Int32Array(size);
    this.places = new Int32Array(size);
    this.edges = new Int32Array(size);
    this.behind = new Int32Array(size);
  }

  isSeen(state: number): boolean {
    return this.ranks[state] !== 0;
  }

  open(state: number): void {
    this.way[this.depth] = state;
    this.edges[this.depth] = this.graph.first(state);
    this.places[this.depth++] = this.place;
    this.ranks[state] = this.place++;
  }

  /** Goes on until a component with a cycle is closed; undefined when all from the last root is. */
  next(): number[] | undefined {
    while (this.depth > 0) {
      const target = this.follow(this.depth - 1);
      if (target !== noState) this.open(target);
      else {
        const component = this.leave();
        if (component !== undefined) return component;
      }
    }
    return undefined;
  }

  /** The next state that was not met, or none. The edge to it is looked at again when the walk comes back. */
  private follow(at: number): number {
    const { graph, ranks } = this;
    const state = this.way[at] as number;
    const end = graph.first(state) + graph.count(state);
    for (let edge = this.edges[at] as number; edge < end; edge++) {
      const target = graph.target(edge);
      if (target === noState || graph.progressed(edge)) continue;
      const rank = ranks[target] as number;
      if (rank === 0) {
        this.edges[at] = edge;
        return target;
      }
      if (rank < (ranks[state] as number)) ranks[state] = rank;
    }
    return noState;
  }

  /** Leaves the innermost state; its component, when it is the first of one that has a cycle. */
  private leave(): number[] | undefined {
    const { ranks, behind } = this;
    const state = this.way[--this.depth] as number;
    const rank = ranks[state] as number;
    if (rank < (this.places[this.depth] as number)) {
      behind[this.height++] = state;
      return undefined;
    }
    const top = this.height;
    while (this.height > 0 && (ranks[behind[this.height - 1] as number] as number) >= rank) this.height--;
    const others = behind.subarray(this.height, top);
    for (const other of others) ranks[other] = this.closed;
    ranks[state] = this.closed--;
    this.place -= others.length + 1;
    return others.length > 0 || this.returns(state) ? [state, ...others] : undefined;
  }

  private returns(state: number): boolean {
    const { graph } = this;
    const first = graph.first(state);
    for (let edge = first; edge < first + graph.count(state); edge++)
      if (graph.target(edge) === state && !graph.progressed(edge)) return true;
    return false;
  }
}
