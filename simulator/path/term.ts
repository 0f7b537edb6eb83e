import type { BinaryOperator, Scalar, Width } from '../vm/program.js';

/**
 * A value that nobody knows: what a parameter holds, what memory held at the entry, what an unknown function
 * answered, and what was computed from these. Equal computations of equal values are the same object.
 */
export interface Term {
  readonly id: number;
  readonly shape: Shape;
  /** What a reader would call it: equal for two reads of one place at different times. */
  readonly bare: number;
  /** The ids of all that it was read through or computed from, itself included. */
  readonly origins: ReadonlySet<number>;
}

export type Shape =
  /** Something new. `text` tells it to a reader; `from` is what it was read through or computed from. */
  | { kind: 'symbol'; text: string; frame: boolean; from: readonly Value[] }
  /** An address: so many bytes behind another. */
  | { kind: 'offset'; base: Term; by: number }
  | { kind: 'binary'; f: BinaryOperator; width: Width; signed: boolean; a: Value; b: Value }
  | { kind: 'unary'; f: 'neg' | 'not'; width: Width; a: Term }
  | { kind: 'convert'; from: Scalar; to: Scalar; a: Term };

/** A known word (as the machine holds it, vm/program.ts), or a term. */
export type Value = number | Term;

export const isTerm = (value: Value): value is Term => typeof value !== 'number';

/** The number a value is keyed by; terms and words never share one. */
export const keyOf = (value: Value): string => (isTerm(value) ? `t${value.id}` : `${value}`);

/** Makes terms; one for an analysis of one program. */
export class Terms {
  private readonly made = new Map<string, Term>();
  private readonly bares = new Map<string, number>();
  private next = 1;

  constructor(private readonly limit = 400_000) {}

  /** A new symbol. Symbols of the same text read through the same things are told apart by id only. */
  symbol(text: string, from: readonly Value[] = [], frame = false): Term {
    const bare = this.bareOf(`s ${text} ${from.map((v) => this.bareKey(v)).join(' ')}`);
    return this.make({ kind: 'symbol', text, frame, from }, bare, from);
  }

  /** The one symbol of this text: the address of something that is declared elsewhere. */
  named(text: string): Term {
    return this.same(`n ${text}`, { kind: 'symbol', text, frame: false, from: [] }, [], `n ${text}`);
  }

  offset(base: Term, by: number): Term {
    if (base.shape.kind === 'offset') return this.offset(base.shape.base, base.shape.by + by);
    if (by === 0) return base;
    return this.same(`o${base.id} ${by}`, { kind: 'offset', base, by }, [base], `o ${base.bare} ${by}`);
  }

  binary(f: BinaryOperator, width: Width, signed: boolean, a: Value, b: Value): Term {
    const name = `${f}${width}${signed ? 's' : 'u'}`;
    const bare = `${name} ${this.bareKey(a)} ${this.bareKey(b)}`;
    const shape = { kind: 'binary', f, width, signed, a, b } as const;
    return this.same(`${name} ${keyOf(a)} ${keyOf(b)}`, shape, [a, b], bare);
  }

  unary(f: 'neg' | 'not', width: Width, a: Term): Term {
    const name = `${f}${width}`;
    return this.same(`${name} ${a.id}`, { kind: 'unary', f, width, a }, [a], `${name} ${a.bare}`);
  }

  convert(from: Scalar, to: Scalar, a: Term): Term {
    const name = `${from}>${to}`;
    return this.same(`${name} ${a.id}`, { kind: 'convert', from, to, a }, [a], `${name} ${a.bare}`);
  }

  bareKey(value: Value): string {
    return isTerm(value) ? `t${value.bare}` : `${value}`;
  }

  /** The name that all symbols of one text, read through the same things, share. */
  bareOf(text: string): number {
    const known = this.bares.get(text);
    if (known !== undefined) return known;
    this.bares.set(text, this.bares.size + 1);
    return this.bares.size;
  }

  private same(key: string, shape: Shape, parts: readonly Value[], bare: string): Term {
    const known = this.made.get(key);
    if (known) return known;
    const term = this.make(shape, this.bareOf(bare), parts);
    this.made.set(key, term);
    return term;
  }

  private make(shape: Shape, bare: number, parts: readonly Value[]): Term {
    if (this.next > this.limit) throw new TooMuch('more unknown values than are told apart');
    const id = this.next++;
    const origins = new Set<number>([id]);
    for (const part of parts) {
      if (!isTerm(part)) continue;
      if (origins.size < 200) for (const each of part.origins) origins.add(each);
    }
    return { id, shape, bare, origins };
  }
}

/** A limit of the analysis was reached: what it looked at so far says nothing about the rest. */
export class TooMuch extends Error {}

/** The object that an address lies in, and how far inside. */
export function placeOf(address: Value): { base: Term | undefined; offset: number } {
  if (!isTerm(address)) return { base: undefined, offset: address };
  if (address.shape.kind === 'offset') return { base: address.shape.base, offset: address.shape.by };
  return { base: address, offset: 0 };
}
