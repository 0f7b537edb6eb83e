/**
 * Some words by pairs of numbers from 0 on; exact. All of them can be forgotten at once, at no cost. A key and its
 * words lie together, so that the processor's caches are asked once.
 */
export class Shortcuts {
  /** First, second, and the age in which it was added, then the words; in an age of before, a slot is free. */
  private slots: Int32Array;
  private readonly shift: number;
  private age = 1;
  private used = 0;

  /** `length`: of the words of a pair, up to 5. */
  constructor(length: number) {
    this.shift = length > 1 ? 3 : 2;
    this.slots = new Int32Array(1 << 10);
  }

  /** Where the words of a pair lie, or -1 when there are none. */
  find(first: number, second: number): number {
    const { slots, age, shift } = this;
    const mask = slots.length - 1;
    const step = 1 << shift;
    for (let slot = slotOf(first, second, shift) & mask; slots[slot + 2] === age; slot = (slot + step) & mask)
      if (slots[slot] === first && slots[slot + 1] === second) return slot + 3;
    return -1;
  }

  /** Makes room for the words of a pair that `find` did not find; where. */
  add(first: number, second: number): number {
    if (++this.used << (this.shift + 1) > this.slots.length) this.widen();
    return this.open(this.slots, first, second);
  }

  /** What lies at a place, which `add` may move. */
  get words(): Int32Array {
    return this.slots;
  }

  forget(): void {
    if (this.used === 0) return;
    this.used = 0;
    this.age++;
  }

  private open(slots: Int32Array, first: number, second: number): number {
    const mask = slots.length - 1;
    const step = 1 << this.shift;
    let slot = slotOf(first, second, this.shift) & mask;
    while (slots[slot + 2] === this.age) slot = (slot + step) & mask;
    slots[slot] = first;
    slots[slot + 1] = second;
    slots[slot + 2] = this.age;
    return slot + 3;
  }

  private widen(): void {
    const before = this.slots;
    const step = 1 << this.shift;
    const slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += step) {
      if (before[slot + 2] !== this.age) continue;
      const at = this.open(slots, before[slot] as number, before[slot + 1] as number);
      for (let n = 3; n < step; n++) slots[at + n - 3] = before[slot + n] as number;
    }
    this.slots = slots;
  }
}

function slotOf(first: number, second: number, shift: number): number {
  const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) << shift;
}
