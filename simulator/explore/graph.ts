import { grown } from '../vm/vector-table.js';
import { NumberList } from './number-list.js';
import type { Permutation } from './permutation.js';

/** An edge's target when it leads to no state: the run was violated or could not be judged. */
export const noState = -1;

/** In an edge's kind: its thread below, whether something was achieved, and its turn above. */
const achieves = 1 << 3;
const turnShift = 4;

/** The explored state graph: what each state's threads lead to. Edges of a state lie together. */
export class Graph {
  /** By state: its first edge and 1, or 0. */
  private firstEdge = new Int32Array(256);
  private edgeCount = new Int32Array(256);
  private targets = new Int32Array(1024);
  private lengths = new Int32Array(1024);
  /** By edge: its thread, whether something was achieved, and the permutation that turned its target. */
  private kinds = new Uint16Array(1024);
  /** By edge: the outcome that was chosen, of the few that chose. */
  private readonly choices = new Map<number, number>();
  /** Bit t: thread t is enabled; bit 8+t: switching away from it is no preemption. */
  private masks = new Uint16Array(256);
  edges = 0;
  /** Where steps lead that achieve nothing and go to no later state: every cycle of such steps has one of these. */
  readonly returns = new NumberList();

  constructor(private readonly permutations: readonly Permutation[] = []) {}

  isExpanded(state: number): boolean {
    return state < this.firstEdge.length && this.firstEdge[state] !== 0;
  }

  /** Opens a state for `add`; its edges follow one another. */
  open(state: number, mask: number): void {
    while (state >= this.firstEdge.length) {
      this.firstEdge = grown(this.firstEdge);
      this.edgeCount = grown(this.edgeCount);
      this.masks = grown(this.masks);
    }
    this.firstEdge[state] = this.edges + 1;
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
    if (this.edges >= this.targets.length) this.grow();
    const edge = this.edges++;
    this.targets[edge] = target;
    this.lengths[edge] = instructions;
    this.kinds[edge] = thread | (progressed ? achieves : 0) | (turn << turnShift);
    if (choice >= 0) this.choices.set(edge, choice);
    this.edgeCount[state] = (this.edgeCount[state] as number) + 1;
    if (!progressed && target <= state && target !== noState) this.returns.push(target);
    return edge;
  }

  first(state: number): number {
    return (this.firstEdge[state] as number) - 1;
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
    return (this.kinds[edge] as number) & (achieves - 1);
  }

  target(edge: number): number {
    return this.targets[edge] as number;
  }

  /** Which thread an edge's thread is in its target. */
  heir(edge: number, thread = this.thread(edge)): number {
    return this.permutations[(this.kinds[edge] as number) >> turnShift]?.[thread] ?? thread;
  }

  choice(edge: number): number {
    return this.choices.get(edge) ?? -1;
  }

  instructions(edge: number): number {
    return this.lengths[edge] as number;
  }

  progressed(edge: number): boolean {
    return ((this.kinds[edge] as number) & achieves) !== 0;
  }

  private grow(): void {
    this.targets = grown(this.targets);
    this.lengths = grown(this.lengths);
    this.kinds = grown(this.kinds);
  }
}
