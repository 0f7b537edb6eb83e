/** Numbers by pairs of numbers from 0 on; exact. All of them can be forgotten at once, at no cost. */
export class Shortcuts {
  /** First, second, number, and the age in which it was added; in an age of before, a slot is free. */
  private slots = new Int32Array(1 << 10);
  private age = 1;
  private used = 0;

  /** -1 where there is none. */
  find(first: number, second: number): number {
    const { slots, age } = this;
    const mask = slots.length - 1;
    for (let slot = slotOf(first, second) & mask; slots[slot + 3] === age; slot = (slot + 4) & mask)
      if (slots[slot] === first && slots[slot + 1] === second) return slots[slot + 2] as number;
    return -1;
  }

  /** Adds what `find` did not find. */
  add(first: number, second: number, number: number): void {
    if (++this.used * 8 > this.slots.length) this.widen();
    this.put(this.slots, first, second, number);
  }

  forget(): void {
    if (this.used === 0) return;
    this.used = 0;
    this.age++;
  }

  private put(slots: Int32Array, first: number, second: number, number: number): void {
    const mask = slots.length - 1;
    let slot = slotOf(first, second) & mask;
    while (slots[slot + 3] === this.age) slot = (slot + 4) & mask;
    slots[slot] = first;
    slots[slot + 1] = second;
    slots[slot + 2] = number;
    slots[slot + 3] = this.age;
  }

  private widen(): void {
    const before = this.slots;
    const slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 4)
      if (before[slot + 3] === this.age)
        this.put(slots, before[slot] as number, before[slot + 1] as number, before[slot + 2] as number);
    this.slots = slots;
  }
}

function slotOf(first: number, second: number): number {
  const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) << 2;
}
