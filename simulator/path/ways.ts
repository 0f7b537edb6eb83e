/** How the paths of a function hang together: where they part and where they meet. */
export class Ways {
  private readonly next: number[][] = [[]];

  /** A new place that is reached from another one. */
  part(from: number): number {
    const node = this.next.push([]) - 1;
    this.next[from]!.push(node);
    return node;
  }

  /** A path comes to where another one was. */
  meet(from: number, to: number): void {
    this.next[from]!.push(to);
  }

  /** All places that paths through these come to, themselves included. */
  beyond(nodes: Iterable<number>): Set<number> {
    const seen = new Set<number>();
    const open = [...nodes];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      open.push(...this.next[node]!);
    }
    return seen;
  }
}
