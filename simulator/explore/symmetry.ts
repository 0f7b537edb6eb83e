import type { Likeness } from '../vm/likeness.js';
import { frameHeader, Thread } from '../vm/thread.js';
import { grown, put, VectorTable } from '../vm/vector-table.js';
import { type Permutation, permutationsOf } from './permutation.js';
import type { StateStore } from './state.js';
import { WorldImages } from './world-image.js';

/**
 * Exchanges threads that do the same: of the states that differ in nothing but which of them is where, one is
 * searched. A state's image under a permutation of the threads has their words and memories exchanged, and
 * whatever points into these points into the other's.
 */
export class Symmetry {
  readonly permutations: readonly Permutation[];
  /** The permutation that the last `settle` took, by its number; 0 leaves all where they are. */
  turn = 0;
  private readonly worlds: WorldImages;
  /** By state: the one that stands for it and 1, and the permutation that leads there. */
  private standsFor = new Int32Array(1024);
  private turns = new Int32Array(1024);
  /** By permutation or thread, and by the number of a thread's words: its image or shape and 1. */
  private readonly images: Int32Array[];
  private readonly shapesOf: Int32Array[];
  private readonly shapes = new VectorTable();
  private scratch = new Int32Array(256);
  private readonly threads: Int32Array;
  private readonly order: Int32Array;
  /** By two permutations: the one that is the second after the first, and 1. */
  private readonly products: Uint8Array;
  /** By thread: the permutation that only exchanges it for the first one. */
  private readonly exchanges: number[] = [];
  /** By how threads compare: the permutations that sort them. */
  private readonly sorted = new Map<number, readonly number[]>();

  constructor(
    private readonly store: StateStore,
    private readonly likeness: Likeness,
  ) {
    this.permutations = permutationsOf(likeness.members, store.threadCount);
    this.worlds = new WorldImages(store, likeness, this.permutations);
    this.products = new Uint8Array(this.permutations.length ** 2);
    this.images = this.permutations.map(() => new Int32Array(256));
    this.shapesOf = Array.from({ length: store.threadCount }, () => new Int32Array(256));
    this.threads = new Int32Array(store.threadCount);
    this.order = new Int32Array(store.threadCount);
    const names = Array.from({ length: store.threadCount }, (_, thread) => thread);
    for (const member of likeness.members)
      this.exchanges[member] = this.numberOf(
        names.map((thread) => (thread === member ? this.first : thread === this.first ? member : thread)),
      );
  }

  /** The first of the threads that are alike. */
  get first(): number {
    return this.likeness.members[0] as number;
  }

  /** The state that stands for a state and its images; `turn` says how it became that one. */
  settle(state: number): number {
    while (state >= this.standsFor.length) {
      this.standsFor = grown(this.standsFor);
      this.turns = grown(this.turns);
    }
    const known = this.standsFor[state] as number;
    this.turn = this.turns[state] as number;
    return known > 0 ? known - 1 : this.choose(state);
  }

  private choose(state: number): number {
    const sorting = this.sorting(state);
    let least = -1;
    for (let n = 0; n < sorting.length; n++) {
      const image = this.image(state, sorting[n] as number);
      if (least >= 0 && image >= least) continue;
      least = image;
      this.turn = sorting[n] as number;
    }
    this.standsFor[state] = least + 1;
    this.turns[state] = this.turn;
    return least;
  }

  /** The permutations that bring a state's threads into the order of their shapes: often only one does. */
  private sorting(state: number): readonly number[] {
    const { members } = this.likeness;
    const { order } = this;
    // How many of them come before each; of those of one shape, none is said to.
    let key = 0;
    for (let n = 0; n < members.length; n++) {
      const member = members[n] as number;
      order[n] = this.shape(this.store.thread(state, member), member);
    }
    for (let n = 0; n < members.length; n++) {
      let before = 0;
      for (let other = 0; other < members.length; other++) if (order[other]! < order[n]!) before++;
      key = key * 8 + before;
    }
    let known = this.sorted.get(key);
    if (known === undefined) {
      known = this.sortings(order.slice(0, members.length));
      this.sorted.set(key, known);
    }
    return known;
  }

  private sortings(shapes: Int32Array): number[] {
    const { members } = this.likeness;
    const sorts = (permutation: Permutation) => {
      const sorted: number[] = [];
      for (const [n, member] of members.entries())
        sorted[members.indexOf(permutation[member] as number)] = shapes[n] as number;
      return sorted.every((shape, n) => n === 0 || (sorted[n - 1] as number) <= shape);
    };
    return [...this.permutations.keys()].filter((turn) => sorts(this.permutations[turn] as Permutation));
  }

  /** A number for a thread's words that is the same for its images. */
  private shape(number: number, thread: number): number {
    const known = (this.shapesOf[thread] as Int32Array)[number];
    if (known !== undefined && known > 0) return known - 1;
    const [first, second] = this.likeness.members as [number, number];
    const length = this.rename(number, (owner) => (owner === thread ? first : second));
    const shape = this.shapes.intern(this.scratch, 0, length);
    put(this.shapesOf, thread, number, shape + 1);
    return shape;
  }

  /** The permutation in which a thread changes places with the first of those that are alike. */
  toFirst(thread: number): number {
    return this.exchanges[thread] ?? 0;
  }

  /** The permutation that is one after another. */
  after(first: number, second: number): number {
    if (first === 0) return second;
    const key = first * this.permutations.length + second;
    const known = this.products[key] as number;
    if (known > 0) return known - 1;
    const [one, other] = [this.permutations[first], this.permutations[second]] as [Permutation, Permutation];
    const product = this.numberOf(one.map((thread) => other[thread] as number));
    this.products[key] = product + 1;
    return product;
  }

  private numberOf(permutation: Permutation): number {
    return this.permutations.findIndex((known) => known.every((to, thread) => to === permutation[thread]));
  }

  /** A state's image under a permutation. */
  image(state: number, turn: number): number {
    if (turn === 0) return state;
    const { store, threads } = this;
    const permutation = this.permutations[turn] as Permutation;
    for (let t = 0; t < threads.length; t++)
      threads[permutation[t] as number] = this.imageOfThread(store.thread(state, t), turn);
    return store.intern(threads, this.worlds.image(store.world(state), turn));
  }

  private imageOfThread(number: number, turn: number): number {
    const known = (this.images[turn] as Int32Array)[number];
    if (known !== undefined && known > 0) return known - 1;
    const permutation = this.permutations[turn] as Permutation;
    const length = this.rename(number, (owner) => permutation[owner] as number);
    const image = this.store.threads.intern(this.scratch, 0, length);
    put(this.images, turn, number, image + 1);
    return image;
  }

  /** Writes a thread's words, with other owners of what they point to; how many they are. */
  private rename(number: number, owner: (before: number) => number): number {
    const { threads } = this.store;
    const { likeness } = this;
    const start = threads.start(number);
    const length = threads.length(number);
    if (length > this.scratch.length) this.scratch = new Int32Array(2 * length);
    const { scratch } = this;
    for (let n = 0; n < length; n++) scratch[n] = threads.words[start + n] as number;
    const rename = (at: number) => {
      const value = scratch[at] as number;
      const from = likeness.ownerOf(value);
      if (from >= 0) scratch[at] = likeness.moved(value, from, owner(from));
    };
    if (length <= Thread.FirstFrame) return length;
    for (const at of [Thread.Stack, Thread.WaitAddress, Thread.WaitValue]) rename(at);
    for (let lock = 0; lock < (scratch[Thread.Locks] as number); lock++) rename(Thread.FirstLock + 2 * lock);
    let end = length;
    for (let fp = scratch[Thread.Frame] as number; fp > 0; fp = scratch[fp - 3] as number) {
      for (let at = fp - 1; at < end; at++) rename(at);
      end = fp - frameHeader;
    }
    return length;
  }
}
