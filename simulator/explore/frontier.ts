/** What a search node costs: the order of DESIGN's section 4, as one number that compares the same way. */
export function cost(preemptions: number, switches: number, steps: number): number {
  return preemptions * 2 ** 36 + switches * 2 ** 20 + steps;
}

export function preemptionsOf(value: number): number {
  return Math.floor(value / 2 ** 36);
}

export function switchesOf(value: number): number {
  return Math.floor(value / 2 ** 20) % 2 ** 16;
}

export function stepsOf(value: number): number {
  return value % 2 ** 20;
}

/** Nodes by cost, cheapest first. Distinct costs are few, so a heap of costs over lists of nodes. */
export class Frontier {
  private readonly heap: number[] = [];
  private readonly lists = new Map<number, number[]>();
  /** The lists of what costs a step more than the cheapest: without a switch, with one, with a preemption. */
  private readonly near: (number[] | undefined)[] = [undefined, undefined, undefined];
  private nearTo = -1;

  push(node: number, value: number): void {
    this.listFor(value).push(node);
  }

  /** Pushes what is a step dearer than `value`, the cheapest there was: no list for it can be used up yet. */
  pushStep(node: number, value: number, switched: boolean, preempted: boolean): void {
    if (value !== this.nearTo) {
      this.near.fill(undefined);
      this.nearTo = value;
    }
    const kind = preempted ? 2 : switched ? 1 : 0;
    const list = this.near[kind] ?? this.listFor(value + cost(preempted ? 1 : 0, switched ? 1 : 0, 1));
    this.near[kind] = list;
    list.push(node);
  }

  private listFor(value: number): number[] {
    let list = this.lists.get(value);
    if (list === undefined) {
      list = [];
      this.lists.set(value, list);
      this.rise(value);
    }
    return list;
  }

  /** The cheapest cost that has nodes. */
  get cheapest(): number | undefined {
    return this.heap[0];
  }

  pop(): number | undefined {
    const value = this.heap[0];
    if (value === undefined) return undefined;
    const list = this.lists.get(value) as number[];
    const node = list.pop() as number;
    if (list.length === 0) {
      this.lists.delete(value);
      this.sink();
    }
    return node;
  }

  private rise(value: number): void {
    const heap = this.heap;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as number) <= value) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = value;
  }

  private sink(): void {
    const heap = this.heap;
    const value = heap.pop() as number;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= value) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = value;
  }
}
