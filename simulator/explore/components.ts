import type { Graph } from './graph.js';

interface Open {
  state: number;
  edges: Iterator<number>;
}

/** Tarjan's strongly connected components of the states 0 .. size-1 over some of their edges, without recursion. */
export function* components(
  size: number,
  edgesOf: (state: number) => Iterable<number>,
  graph: Graph,
): Iterable<number[]> {
  const tarjan = new Tarjan(size, edgesOf, graph);
  for (let root = 0; root < size; root++) if (graph.isExpanded(root)) yield* tarjan.from(root);
}

class Tarjan {
  private readonly index: Int32Array;
  private readonly low: Int32Array;
  private readonly onStack: Uint8Array;
  private readonly stack: number[] = [];
  private readonly work: Open[] = [];
  private next = 0;

  constructor(
    size: number,
    private readonly edgesOf: (state: number) => Iterable<number>,
    private readonly graph: Graph,
  ) {
    this.index = new Int32Array(size).fill(-1);
    this.low = new Int32Array(size);
    this.onStack = new Uint8Array(size);
  }

  *from(root: number): Iterable<number[]> {
    if ((this.index[root] as number) >= 0) return;
    this.open(root);
    for (let top = this.work.at(-1); top !== undefined; top = this.work.at(-1)) {
      const step = top.edges.next();
      if (!step.done) this.follow(top, this.graph.target(step.value));
      else {
        const component = this.close(top);
        if (component.length > 0) yield component;
      }
    }
  }

  private open(state: number): void {
    this.index[state] = this.next;
    this.low[state] = this.next++;
    this.onStack[state] = 1;
    this.stack.push(state);
    this.work.push({ state, edges: this.edgesOf(state)[Symbol.iterator]() });
  }

  private follow(from: Open, target: number): void {
    if ((this.index[target] as number) < 0) this.open(target);
    else if (this.onStack[target] === 1) this.lower(from.state, this.index[target] as number);
  }

  private lower(state: number, to: number): void {
    if (to < (this.low[state] as number)) this.low[state] = to;
  }

  /** All edges of the innermost open state were followed; its component, when it is the first of one. */
  private close(top: Open): number[] {
    this.work.pop();
    const parent = this.work.at(-1);
    if (parent !== undefined) this.lower(parent.state, this.low[top.state] as number);
    if (this.low[top.state] !== this.index[top.state]) return [];
    const component = this.stack.splice(this.stack.lastIndexOf(top.state));
    for (const state of component) this.onStack[state] = 0;
    return component;
  }
}
