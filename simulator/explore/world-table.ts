import { grown } from '../vm/vector-table.js';

/**
 * What memory may be, as vectors with a number for each chunk that was ever written: equal ones get the same
 * number, and every hit is compared whole. What lies at a vector's end as it was in the beginning is not stored.
 * A hash is the sum of what each place adds, nothing where it is initial: that of a vector which differs from
 * another in some places follows from these alone.
 */
export class WorldTable {
  private words = new Int32Array(1 << 10);
  private ends = new Int32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  /** A number and its hash in each slot, so that few misses need a look elsewhere. */
  private slots = new Int32Array(1 << 10).fill(-1);
  private used = 0;
  size = 0;

  /** `initial` may become longer, never other. */
  constructor(private readonly initial: readonly number[]) {}

  /** What stands at a place of a vector. */
  at(id: number, place: number): number {
    const at = this.start(id) + place;
    return (at < (this.ends[id] as number) ? this.words[at] : this.initial[place]) as number;
  }

  /** The vector of the first `length` words. */
  intern(vector: Int32Array, length: number): number {
    const at = this.room(length);
    let hash = 0;
    for (let place = 0; place < length; place++) {
      this.words[at + place] = vector[place] as number;
      hash = (hash + this.part(place, vector[place] as number)) | 0;
    }
    return this.settle(length, hash);
  }

  /** The vector that differs from another in some places, of which there is at least one; the last one comes last. */
  with(id: number, places: readonly number[], values: readonly number[]): number {
    const length = this.copy(id, (places[places.length - 1] as number) + 1);
    let hash = this.hashes[id] as number;
    for (let n = 0; n < places.length; n++)
      hash = (hash + this.replace(places[n] as number, values[n] as number)) | 0;
    return this.settle(length, hash);
  }

  private start(id: number): number {
    return id === 0 ? 0 : (this.ends[id - 1] as number);
  }

  /** Begins a vector as another, at least so long; its length. */
  private copy(id: number, least: number): number {
    const from = this.start(id);
    const before = (this.ends[id] as number) - from;
    const length = Math.max(before, least);
    const at = this.room(length);
    const { words, initial } = this;
    for (let place = 0; place < before; place++) words[at + place] = words[from + place] as number;
    for (let place = before; place < length; place++) words[at + place] = initial[place] as number;
    return length;
  }

  /** Writes one place of the vector in the making; answers by how much its hash changes. */
  private replace(place: number, value: number): number {
    const at = this.used + place;
    const before = this.words[at] as number;
    this.words[at] = value;
    return (this.part(place, value) - this.part(place, before)) | 0;
  }

  private part(place: number, value: number): number {
    if (value === this.initial[place]) return 0;
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
    const { words, initial, used } = this;
    let length = whole;
    while (length > 0 && words[used + length - 1] === initial[length - 1]) length--;
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
