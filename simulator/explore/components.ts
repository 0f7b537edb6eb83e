/** The part of a graph that is looked at: edges of a state lie together, and `follows` says which of them count. */
export interface Links {
  first(state: number): number;
  count(state: number): number;
  target(edge: number): number;
  follows(edge: number): boolean;
}

/**
 * Tarjan's strongly connected components that have a cycle, of the states 0 .. size-1 that can be reached from
 * `roots`; without recursion. Most states are a component of their own, and nothing is made for them.
 */
export function* cycles(size: number, roots: readonly number[], links: Links): Iterable<number[]> {
  const tarjan = new Tarjan(size, links);
  for (const root of roots) {
    if (tarjan.isSeen(root)) continue;
    tarjan.open(root);
    for (let component = tarjan.next(); component !== undefined; component = tarjan.next()) yield component;
  }
}

class Tarjan {
  private readonly index: Int32Array;
  private readonly low: Int32Array;
  private readonly onStack: Uint8Array;
  private readonly stack: Int32Array;
  /** The states on the way to where the search is, and by state: the edge that it takes next. */
  private readonly way: Int32Array;
  private readonly edges: Int32Array;
  private depth = 0;
  private height = 0;
  private seen = 0;

  constructor(
    size: number,
    private readonly links: Links,
  ) {
    this.index = new Int32Array(size).fill(-1);
    this.low = new Int32Array(size);
    this.onStack = new Uint8Array(size);
    this.stack = new Int32Array(size);
    this.way = new Int32Array(size);
    this.edges = new Int32Array(size);
  }

  isSeen(state: number): boolean {
    return (this.index[state] as number) >= 0;
  }

  open(state: number): void {
    this.index[state] = this.seen;
    this.low[state] = this.seen++;
    this.onStack[state] = 1;
    this.stack[this.height++] = state;
    this.way[this.depth++] = state;
    this.edges[state] = this.links.first(state);
  }

  /** Goes on until a component with a cycle is closed; undefined when all from the last root is. */
  next(): number[] | undefined {
    const { links, edges } = this;
    while (this.depth > 0) {
      const state = this.way[this.depth - 1] as number;
      const end = links.first(state) + links.count(state);
      let edge = edges[state] as number;
      while (edge < end && !links.follows(edge)) edge++;
      edges[state] = edge + 1;
      if (edge < end) this.follow(state, links.target(edge));
      else {
        const component = this.close(state);
        if (component !== undefined) return component;
      }
    }
    return undefined;
  }

  private follow(from: number, target: number): void {
    if (!this.isSeen(target)) this.open(target);
    else if (this.onStack[target] === 1) this.lower(from, this.index[target] as number);
  }

  private lower(state: number, to: number): void {
    if (to < (this.low[state] as number)) this.low[state] = to;
  }

  /** All edges of the innermost open state were followed; its component, when it is the first of one. */
  private close(state: number): number[] | undefined {
    this.depth--;
    if (this.depth > 0) this.lower(this.way[this.depth - 1] as number, this.low[state] as number);
    if (this.low[state] !== this.index[state]) return undefined;
    const top = this.height;
    do this.onStack[this.stack[--this.height] as number] = 0;
    while (this.stack[this.height] !== state);
    const isAlone = top - this.height === 1;
    return isAlone && !this.returns(state) ? undefined : [...this.stack.subarray(this.height, top)];
  }

  private returns(state: number): boolean {
    const { links } = this;
    const first = links.first(state);
    for (let edge = first; edge < first + links.count(state); edge++)
      if (links.target(edge) === state && links.follows(edge)) return true;
    return false;
  }
}
