import { grown, grownBytes } from '../vm/vector-table.js';
import type { Permutation } from './permutation.js';

/** An edge's target when it leads to no state: the run was violated or could not be judged. */
export const noState = -1;

/** The explored state graph: what each state's threads lead to. Edges of a state lie together. */
export class Graph {
  private firstEdge = new Int32Array(256).fill(-1);
  private edgeCount = new Int32Array(256);
  private threads = new Int32Array(1024);
  private targets = new Int32Array(1024);
  private lengths = new Int32Array(1024);
  private choices = new Int32Array(1024);
  private progress = new Uint8Array(1024);
  /** Bit t: thread t is enabled; bit 8+t: switching away from it is no preemption. */
  private masks = new Int32Array(256);
  /** By edge: the permutation that made its target the state that stands for it. */
  private turns = new Uint8Array(1024);
  edges = 0;
  /** Where steps lead that achieve nothing and go to no later state: every cycle of such steps has one of these. */
  readonly returns: number[] = [];

  constructor(private readonly permutations: readonly Permutation[] = []) {}

  isExpanded(state: number): boolean {
    return state < this.firstEdge.length && (this.firstEdge[state] as number) >= 0;
  }

  /** Opens a state for `add`; its edges follow one another. */
  open(state: number, mask: number): void {
    while (state >= this.firstEdge.length) {
      const before = this.firstEdge.length;
      this.firstEdge = grown(this.firstEdge).fill(-1, before);
      this.edgeCount = grown(this.edgeCount);
      this.masks = grown(this.masks);
    }
    this.firstEdge[state] = this.edges;
    this.edgeCount[state] = 0;
    this.masks[state] = mask;
  }

  /** `choice`: the outcome taken, or -1. `instructions`: how many the thread ran. `turn`: how its target was turned. */
  add(
    state: number,
    thread: number,
    choice: number,
    target: number,
    instructions: number,
    progressed: boolean,
    turn = 0,
  ): number {
    if (this.edges >= this.threads.length) this.grow();
    const edge = this.edges++;
    this.threads[edge] = thread;
    this.choices[edge] = choice;
    this.targets[edge] = target;
    this.lengths[edge] = instructions;
    this.progress[edge] = progressed ? 1 : 0;
    this.turns[edge] = turn;
    this.edgeCount[state] = (this.edgeCount[state] as number) + 1;
    if (!progressed && target <= state && target !== noState) this.returns.push(target);
    return edge;
  }

  first(state: number): number {
    return this.firstEdge[state] as number;
  }

  count(state: number): number {
    return this.edgeCount[state] as number;
  }

  isEnabled(state: number, thread: number): boolean {
    return (((this.masks[state] as number) >> thread) & 1) === 1;
  }

  /** Bits of the threads that can run in a state. */
  enabled(state: number): number {
    return (this.masks[state] as number) & 0xff;
  }

  /** Switching away from `thread` here takes the processor from one that could and would go on. */
  preempts(state: number, thread: number): boolean {
    return this.isEnabled(state, thread) && (((this.masks[state] as number) >> (8 + thread)) & 1) === 0;
  }

  thread(edge: number): number {
    return this.threads[edge] as number;
  }

  target(edge: number): number {
    return this.targets[edge] as number;
  }

  /** Which thread an edge's thread is in its target. */
  heir(edge: number, thread = this.thread(edge)): number {
    return this.permutations[this.turns[edge] as number]?.[thread] ?? thread;
  }

  choice(edge: number): number {
    return this.choices[edge] as number;
  }

  instructions(edge: number): number {
    return this.lengths[edge] as number;
  }

  progressed(edge: number): boolean {
    return this.progress[edge] === 1;
  }

  private grow(): void {
    this.threads = grown(this.threads);
    this.targets = grown(this.targets);
    this.lengths = grown(this.lengths);
    this.choices = grown(this.choices);
    this.progress = grownBytes(this.progress);
    this.turns = grownBytes(this.turns);
  }
}
