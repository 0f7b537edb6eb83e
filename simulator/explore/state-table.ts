import { grown } from '../vm/vector-table.js';

/** States as records of the numbers of their threads' words and of their memory; equal ones get the same number. */
export class StateTable {
  private records: Int32Array;
  /** The number of a state and 1, or 0, and its hash: few misses need a look elsewhere. */
  private slots = new Int32Array(1 << 11);
  private readonly width: number;
  size = 0;

  constructor(private readonly threadCount: number) {
    this.width = threadCount + 1;
    this.records = new Int32Array(this.width << 8);
  }

  thread(state: number, thread: number): number {
    return this.records[state * this.width + thread] as number;
  }

  world(state: number): number {
    return this.records[state * this.width + this.threadCount] as number;
  }

  intern(threads: Int32Array, world: number): number {
    const at = this.size * this.width;
    for (let t = 0; t < this.threadCount; t++) this.records[at + t] = threads[t] as number;
    return this.settle(at, world);
  }

  /** The state that differs from another in one thread's words, and in its memory. */
  successor(state: number, thread: number, own: number, world: number): number {
    const { records, threadCount } = this;
    const at = this.size * this.width;
    const from = state * this.width;
    for (let t = 0; t < threadCount; t++) records[at + t] = records[from + t] as number;
    records[at + thread] = own;
    return this.settle(at, world);
  }

  /** The number of the record that lies behind the others: it stays there if it is new. */
  private settle(at: number, world: number): number {
    const { records, slots } = this;
    records[at + this.threadCount] = world;
    const mask = slots.length - 1;
    const hash = this.hash(at);
    let slot = (hash << 1) & mask;
    for (let id = slots[slot] as number; id > 0; id = slots[slot] as number) {
      if (slots[slot + 1] === hash && this.equals((id - 1) * this.width, at)) return id - 1;
      slot = (slot + 2) & mask;
    }
    slots[slot] = ++this.size;
    slots[slot + 1] = hash;
    if ((this.size + 1) * this.width > records.length) this.records = grown(records);
    if (this.size * 4 > slots.length) this.rehash();
    return this.size - 1;
  }

  private hash(at: number): number {
    const { records } = this;
    let hash = 0;
    for (let n = at; n < at + this.width; n++) {
      hash = Math.imul(hash ^ (records[n] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private equals(one: number, other: number): boolean {
    const { records, width } = this;
    for (let n = 0; n < width; n++) if (records[one + n] !== records[other + n]) return false;
    return true;
  }

  private rehash(): void {
    const before = this.slots;
    const slots = new Int32Array(before.length * 4);
    const mask = slots.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === 0) continue;
      const hash = before[from + 1] as number;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = before[from] as number;
      slots[slot + 1] = hash;
    }
    this.slots = slots;
  }
}
