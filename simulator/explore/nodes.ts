import { grown } from '../vm/vector-table.js';

/** Search nodes: a state together with the thread that ran last, and how it was first reached. */
export class Nodes {
  private states = new Int32Array(256);
  private lasts = new Int32Array(256);
  private parents = new Int32Array(256);
  private edgesIn = new Int32Array(256);
  private settledKeys = new Uint8Array(2048);
  size = 0;
  settledCount = 0;

  add(state: number, last: number, parent: number, edge: number): number {
    if (this.size >= this.states.length) {
      this.states = grown(this.states);
      this.lasts = grown(this.lasts);
      this.parents = grown(this.parents);
      this.edgesIn = grown(this.edgesIn);
    }
    this.states[this.size] = state;
    this.lasts[this.size] = last;
    this.parents[this.size] = parent;
    this.edgesIn[this.size] = edge;
    return this.size++;
  }

  state(node: number): number {
    return this.states[node] as number;
  }

  last(node: number): number {
    return this.lasts[node] as number;
  }

  /** False when the same state and last thread were settled before, more cheaply. */
  settle(node: number): boolean {
    const key = this.state(node) * 8 + this.last(node) + 1;
    while (key >= this.settledKeys.length) this.settledKeys = grown(this.settledKeys);
    if (this.settledKeys[key] === 1) return false;
    this.settledKeys[key] = 1;
    this.settledCount++;
    return true;
  }

  isSettled(state: number, last: number): boolean {
    return this.settledKeys[state * 8 + last + 1] === 1;
  }

  /** The first node of a state. */
  firstOf(state: number): number {
    let node = 0;
    while (node < this.size && this.states[node] !== state) node++;
    return node;
  }

  /** The edges that lead to a node, in order. */
  path(node: number): number[] {
    const edges: number[] = [];
    for (let n = node; n >= 0 && (this.edgesIn[n] as number) >= 0; n = this.parents[n] as number) {
      edges.push(this.edgesIn[n] as number);
    }
    return edges.reverse();
  }
}
