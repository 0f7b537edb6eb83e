import type { Calculator } from './calculate.js';
import { SharedMap } from './shared-map.js';
import { isArgument, isNamed, isTerm, placeOf, type Term, type Value } from './term.js';

/** What is known of one scalar in memory. */
export interface Cell {
  readonly value: Value;
  readonly size: number;
  /** Stored on this path; otherwise only read, and the same until somebody may write it. */
  readonly written: boolean;
  /** The bare name of what was read, when its value has become known. */
  readonly was?: number;
}

/** Members of one object, or elements, that a path knows. */
const mostCells = 300;

/** The cells of one object, by offset. Never changed: a path that writes gets another one. */
export class Region {
  private inOrder: readonly (readonly [number, Cell])[] | undefined;

  constructor(
    readonly base: Term | undefined,
    readonly cells: ReadonlyMap<number, Cell>,
  ) {}

  /** By offset. */
  get sorted(): readonly (readonly [number, Cell])[] {
    this.inOrder ??= [...this.cells].sort(([a], [b]) => a - b);
    return this.inOrder;
  }
}

/** Memory as one path sees it: what it read once, it reads again, until something may have written it. */
export class Cells {
  constructor(
    private readonly calculator: Calculator,
    readonly regions: SharedMap<number, Region> = new SharedMap(),
  ) {}

  copy(): Cells {
    return new Cells(this.calculator, this.regions.copy());
  }

  load(address: Value, size: number): Value {
    const { base, offset } = placeOf(address);
    const known = this.regions.get(base?.id ?? 0)?.cells.get(offset);
    if (known?.size === size) return known.value;
    if (this.isZero(base, offset, size)) return 0;
    const { terms } = this.calculator;
    if (isTerm(address) && isNamed(address)) return terms.constant(`[${size}]`, address);
    const value = terms.symbol(`[${size}]`, [address]);
    this.put(base, offset, { value, size, written: false });
    return value;
  }

  private isZero(base: Term | undefined, offset: number, size: number): boolean {
    for (const [at, cell] of this.regions.get(base?.id ?? 0)?.cells ?? [])
      if (at <= offset && at + cell.size >= offset + size) return cell.value === 0;
    return false;
  }

  store(address: Value, size: number, value: Value): void {
    const { base, offset } = placeOf(address);
    this.put(base, offset, { value, size, written: true });
    if (!isPrivate(base)) this.forgetAliases(base, offset, size);
  }

  private put(base: Term | undefined, offset: number, cell: Cell): void {
    const id = base?.id ?? 0;
    const cells = new Map(this.regions.get(id)?.cells);
    for (const [at, { size }] of cells) if (at < offset + cell.size && at + size > offset) cells.delete(at);
    cells.set(offset, cell);
    // Of a large array the first that was known is not known any more: a path keeps its own of all of them.
    if (cells.size > mostCells) cells.delete(cells.keys().next().value as number);
    this.regions.set(id, new Region(base, cells));
  }

  /**
   * Another pointer may lead to the same object: the same member of every other unknown one is forgotten. But who is
   * handed several variables to leave his answers in, `bool *shared, bool *extend`, is handed different ones; what was
   * allocated on the way is none of the arguments; and an element of an array is not the object that the array was
   * found through.
   */
  private forgetAliases(base: Term | undefined, offset: number, size: number): void {
    if (base === undefined) return;
    const isAnswer = offset === 0 && size < 8 && isArgument(base);
    for (const [id, region] of this.regions) {
      const { base: other } = region;
      if (other === base || other === undefined || (isPrivate(other) && !base.origins.has(other.id)))
        continue;
      if ((isAnswer && isArgument(other)) || areApart(base, other) || areApart(other, base)) continue;
      if (![...region.cells].some(([at, cell]) => at < offset + size && at + cell.size > offset)) continue;
      const kept = [...region.cells].filter(([at, cell]) => at >= offset + size || at + cell.size <= offset);
      this.regions.set(id, new Region(other, new Map(kept)));
    }
  }

  /** Forgets [offset, offset + size) of one object, and what lies behind its declared end when `beyond`. */
  forget(base: Term | undefined, offset: number, size: number, beyond: boolean): void {
    const id = base?.id ?? 0;
    const region = this.regions.get(id);
    if (!region) return;
    const isGone = (at: number, cell: Cell) =>
      (at + cell.size > offset && at < offset + size) || (beyond && at >= offset + undeclared);
    const kept = [...region.cells].filter(([at, cell]) => !isGone(at, cell));
    this.regions.set(id, new Region(base, new Map(kept)));
  }

  /**
   * Forgets everything that was reached through one of these terms, but for what the path itself has put there:
   * a pointer that was stored in an object is taken to stay when the object is handed on. What is written of some is
   * known otherwise.
   */
  forgetReachable(through: readonly Term[], isKnown: (base: Term) => boolean): void {
    for (const [id, { base, cells }] of this.regions) {
      if (base === undefined || isPrivate(base) || isKnown(base)) continue;
      if (!through.some((term) => base.origins.has(term.id))) continue;
      const kept = [...cells].filter(
        ([, { written, size, value }]) => written && size === 8 && isTerm(value),
      );
      if (kept.length > 0) this.regions.set(id, new Region(base, new Map(kept)));
      else this.regions.delete(id);
    }
  }

  /**
   * Forgets what was only read where others may write. Pointers that led on, or to this lock, are taken to stay.
   */
  forgetRead(lock: Value): void {
    const { base: locked } = placeOf(lock);
    for (const [id, { base, cells }] of this.regions) {
      if (isPrivate(base)) continue;
      const leadsOn = (value: Value) => isTerm(value) && (value === locked || this.regions.has(value.id));
      const kept = [...cells].filter(([, { written, value }]) => written || leadsOn(value));
      if (kept.length < cells.size) this.regions.set(id, new Region(base, new Map(kept)));
    }
  }

  copyBytes(to: Value, from: Value, size: number): void {
    const source = placeOf(from);
    const target = placeOf(to);
    const region = this.regions.get(source.base?.id ?? 0);
    const moved: [number, Cell][] = [...(region?.cells ?? [])].filter(
      ([at]) => (at >= source.offset && at < source.offset + size) || at >= source.offset + undeclared,
    );
    this.forget(target.base, target.offset, size, true);
    for (const [at, cell] of moved)
      this.put(target.base, at - source.offset + target.offset, { ...cell, written: true });
  }

  clear(address: Value, size: number): void {
    const { base, offset } = placeOf(address);
    this.forget(base, offset, size, true);
    for (let at = 0; at + 8 <= size && at < 512; at += 8)
      this.put(base, offset + at, { value: 0, size: 8, written: true });
  }

  drop(base: Term): void {
    this.regions.delete(base.id);
  }
}

/** Where members that nobody declares are put (simulator/c/session.ts). */
export const undeclared = 0x1000;

/** Memory of a frame: nobody else writes it unless its address was given away. */
export function isPrivate(base: Term | undefined): boolean {
  return base !== undefined && base.shape.kind === 'symbol' && base.shape.frame;
}

function areApart(base: Term, other: Term): boolean {
  const isElement = base.shape.kind === 'binary' && base.shape.f === 'add';
  return (isElement && base.origins.has(other.id)) || (isArgument(other) && isNew(base));
}

/** `kmem_cache_alloc_node()`, as the value of an expression is called. */
function isAllocation(text: string): boolean {
  const at = text.lastIndexOf('alloc');
  return at >= 0 && /^alloc\w{0,40}\(\)$/.test(text.slice(at));
}

/** Whether an address lies in what was allocated on the path. */
export function isNew(base: Term): boolean {
  return base.symbols.some(({ shape }) => shape.kind === 'symbol' && isAllocation(shape.text));
}

/** The values of a region that are terms. */
export function termsOf(region: Region): Term[] {
  return [...region.cells.values()].map(({ value }) => value).filter(isTerm);
}
