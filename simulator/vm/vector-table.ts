/** Interns vectors of words: equal vectors get the same number. Exact: every hit is compared whole. */
export class VectorTable {
  private arena = new Int32Array(1 << 12);
  private ends = new Int32Array(1 << 8);
  private slots = new Int32Array(1 << 9).fill(-1);
  private used = 0;
  size = 0;

  intern(from: Int32Array, start: number, length: number): number {
    let slot = this.hash(from, start, length) & (this.slots.length - 1);
    for (let id = this.slots[slot] as number; id >= 0; id = this.slots[slot] as number) {
      if (this.equals(id, from, start, length)) return id;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.size;
    return this.append(from, start, length);
  }

  length(id: number): number {
    return (this.ends[id] as number) - this.start(id);
  }

  /** Where a vector lies in `words`. */
  start(id: number): number {
    return id === 0 ? 0 : (this.ends[id - 1] as number);
  }

  get words(): Int32Array {
    return this.arena;
  }

  private equals(id: number, from: Int32Array, start: number, length: number): boolean {
    const at = this.start(id);
    if ((this.ends[id] as number) - at !== length) return false;
    for (let n = 0; n < length; n++) if (this.arena[at + n] !== from[start + n]) return false;
    return true;
  }

  private hash(from: Int32Array, start: number, length: number): number {
    let h = length ^ 0x5bd1e995;
    for (let n = start; n < start + length; n++) {
      h = Math.imul(h ^ (from[n] as number), 0x9e3779b1);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0x85ebca6b);
    return h ^ (h >>> 13);
  }

  private append(from: Int32Array, start: number, length: number): number {
    while (this.used + length > this.arena.length) this.arena = grown(this.arena);
    if (this.size >= this.ends.length) this.ends = grown(this.ends);
    for (let n = 0; n < length; n++) this.arena[this.used + n] = from[start + n] as number;
    this.used += length;
    this.ends[this.size] = this.used;
    const id = this.size++;
    if (this.size * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.hash(this.arena, this.start(id), this.length(id)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

type Words = Int32Array | Uint16Array | Uint8Array;

/** The same array, four times as long: what is never written to is not there, and less is copied than with two. */
export function grown<A extends Words>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 4);
  larger.set(array);
  return larger;
}

/** Writes to one of several arrays, which grows as it must. */
export function put(arrays: Int32Array[], which: number, at: number, value: number): void {
  let array = arrays[which] as Int32Array;
  while (at >= array.length) array = grown(array);
  array[at] = value;
  arrays[which] = array;
}
