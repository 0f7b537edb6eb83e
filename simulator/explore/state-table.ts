import { grown } from './vector-table.js';

/** What a thread's step changes in a state: its own words, and chunks by their columns. */
export interface Difference {
  own: number;
  columns: readonly number[];
  chunks: readonly number[];
}

/**
 * The vectors of states: a number for each thread, then one for each column, the last ones only if they differ
 * from `initial`. Equal vectors get the same number, and every hit is compared whole. A hash is the sum of what
 * each place adds, nothing where it is as at the beginning: a successor's follows from what a step changed.
 */
export class StateTable {
  words = new Int32Array(1 << 12);
  private ends = new Int32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  /** A number and its hash in each slot, so that few misses need a look elsewhere. */
  private slots = new Int32Array(1 << 10).fill(-1);
  private used = 0;
  size = 0;

  constructor(
    private readonly threadCount: number,
    private readonly initial: readonly number[],
  ) {}

  length(state: number): number {
    return (this.ends[state] as number) - this.start(state);
  }

  /** Where a vector lies in `words`. */
  start(state: number): number {
    return state === 0 ? 0 : (this.ends[state - 1] as number);
  }

  /** The state of the first `length` words. */
  intern(vector: Int32Array, length: number): number {
    const at = this.room(length);
    let hash = 0;
    for (let place = 0; place < length; place++) {
      this.words[at + place] = vector[place] as number;
      hash = (hash + this.part(place, vector[place] as number)) | 0;
    }
    return this.settle(length, hash);
  }

  /** The state that differs from another in the words of one thread and in some columns. */
  successor(state: number, thread: number, { own, columns, chunks }: Difference): number {
    const { threadCount, initial } = this;
    const last = columns.length === 0 ? -1 : (columns.at(-1) as number);
    const before = this.length(state);
    const length = Math.max(before, threadCount + last + 1);
    const at = this.room(length);
    const { words } = this;
    const from = this.start(state);
    for (let place = 0; place < before; place++) words[at + place] = words[from + place] as number;
    for (let place = before; place < length; place++)
      words[at + place] = initial[place - threadCount] as number;
    let hash = ((this.hashes[state] as number) + this.replace(at, thread, own)) | 0;
    for (let n = 0; n < columns.length; n++)
      hash = (hash + this.replace(at, threadCount + (columns[n] as number), chunks[n] as number)) | 0;
    return this.settle(length, hash);
  }

  /** Writes one place of the vector in the making; answers by how much its hash changes. */
  private replace(at: number, place: number, value: number): number {
    const before = this.words[at + place] as number;
    this.words[at + place] = value;
    return (this.part(place, value) - this.part(place, before)) | 0;
  }

  private part(place: number, value: number): number {
    const column = place - this.threadCount;
    if (column >= 0 && value === this.initial[column]) return 0;
    const mixed = Math.imul(value ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
    return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  }

  /** Makes room for a vector behind the others; where that begins. */
  private room(length: number): number {
    while (this.used + length > this.words.length) this.words = grown(this.words);
    return this.used;
  }

  /** The number of the vector that lies behind the others: it stays there if it is new. */
  private settle(whole: number, hash: number): number {
    const { words, threadCount, initial, used } = this;
    let length = whole;
    while (length > threadCount && words[used + length - 1] === (initial[length - 1 - threadCount] as number))
      length--;
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = slotOf(hash) & mask;
    for (let id = slots[slot] as number; id >= 0; id = slots[slot] as number) {
      if (slots[slot + 1] === hash && this.equals(id, length)) return id;
      slot = (slot + 2) & mask;
    }
    slots[slot] = this.size;
    slots[slot + 1] = hash;
    return this.keep(length, hash);
  }

  private equals(id: number, length: number): boolean {
    const { words, used } = this;
    const at = this.start(id);
    if ((this.ends[id] as number) - at !== length) return false;
    for (let n = 0; n < length; n++) if (words[at + n] !== words[used + n]) return false;
    return true;
  }

  private keep(length: number, hash: number): number {
    if (this.size >= this.ends.length) {
      this.ends = grown(this.ends);
      this.hashes = grown(this.hashes);
    }
    this.used += length;
    this.ends[this.size] = this.used;
    this.hashes[this.size] = hash;
    const id = this.size++;
    if (this.size * 4 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.hashes[id] as number;
      let slot = slotOf(hash) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 2) & mask;
      slots[slot] = id;
      slots[slot + 1] = hash;
    }
    this.slots = slots;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) << 1;
}
