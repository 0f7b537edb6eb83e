import { grown } from '../vm/vector-table.js';

/** States as records of the numbers of their threads' words and of their memory; equal ones get the same number. */
export class StateTable {
  private records: Int32Array;
  /**
   * 0, or the number of a state and 1 in as many bits as there are slots, and above them those of its hash: few
   * misses need a look elsewhere, and a million states are told apart within the caches.
   */
  private slots = new Int32Array(1 << 10);
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
    const { records, slots, width } = this;
    records[at + this.threadCount] = world;
    const mask = slots.length - 1;
    const hash = this.hash(at);
    let slot = hash & mask;
    for (let seen = slots[slot] as number; seen !== 0; seen = slots[slot] as number) {
      const id = (seen & mask) - 1;
      if ((seen ^ hash) >>> 0 <= mask && this.equals(id * width, at)) return id;
      slot = (slot + 1) & mask;
    }
    slots[slot] = (hash & ~mask) | ++this.size;
    if ((this.size + 1) * width > records.length) this.records = grown(records);
    if (this.size * 4 > slots.length * 3) this.rehash();
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
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.hash(id * this.width);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (id + 1);
    }
    this.slots = slots;
  }
}
