import type { BinaryOperator, Scalar, Width } from '../vm/program.js';

/**
 * A value that nobody knows: what a parameter holds, what memory held at the entry, what an unknown function
 * answered, and what was computed from these. Equal computations of equal values are the same object.
 */
export class Term {
  /** Notes of the condensation that was last here (condense.ts): what is not of its round is void. */
  readonly notes = { round: 0, number: 0, live: 0, factual: 0 };
  /** How deep a reader has to go, through what it was read through, too. */
  readonly depth: number;
  /** How much is written of it: symbols count once each. */
  readonly size: number;
  private all: ReadonlySet<number> | undefined;
  private leaves: readonly Term[] | undefined;

  /** `bare`: what a reader would call it: equal for two reads of one place at different times. */
  constructor(
    readonly id: number,
    readonly shape: Shape,
    readonly bare: number,
    private readonly parts: readonly Value[],
    private readonly terms: Terms,
  ) {
    let [depth, size] = [0, 1];
    for (const part of parts) {
      if (!isTerm(part)) continue;
      if (part.depth > depth) depth = part.depth;
      size += part.size;
    }
    this.depth = depth + 1;
    this.size = shape.kind === 'symbol' ? 1 : size;
  }

  /** The ids of all that it was read through or computed from, itself included. */
  get origins(): ReadonlySet<number> {
    if (this.all) return this.all;
    const all = new Set([this.id]);
    for (const part of this.parts) if (isTerm(part)) for (const each of part.origins) all.add(each);
    this.terms.spend(all.size);
    this.all = all;
    return all;
  }

  /** The symbols that it is computed from. */
  get symbols(): readonly Term[] {
    this.leaves ??=
      this.shape.kind === 'symbol'
        ? [this]
        : [...new Set(this.parts.flatMap((part) => (isTerm(part) ? part.symbols : [])))];
    return this.leaves;
  }
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

/** More of them, deeper or longer ones than these, or with more behind them in all, no function of a kernel has. */
const limits = { terms: 400_000, depth: 1_000, size: 2_000, origins: 4_000_000 };

/** Makes terms; one for an analysis of one program. */
export class Terms {
  private readonly made = new Map<string, Term>();
  private readonly bares = new Map<string, number>();
  private next = 1;
  private spent = 0;

  /** A new symbol. Symbols of the same text read through the same things are told apart by id only. */
  symbol(text: string, from: readonly Value[] = [], frame = false): Term {
    const bare = this.bareOf(`s ${text} ${from.map(bareKey).join(' ')}`);
    return this.make({ kind: 'symbol', text, frame, from }, bare, from);
  }

  /** What is always read there. */
  constant(text: string, address: Term): Term {
    const key = `c${text} ${address.id}`;
    const shape = { kind: 'symbol', text, frame: false, from: [address] } as const;
    return this.made.get(key) ?? this.keep(key, shape, [address], `s ${text} ${bareKey(address)}`);
  }

  /** The one symbol of this text: the address of something that is declared elsewhere. */
  named(text: string): Term {
    const key = `n ${text}`;
    return this.made.get(key) ?? this.keep(key, { kind: 'symbol', text, frame: false, from: [] }, [], key);
  }

  offset(base: Term, by: number): Term {
    if (base.shape.kind === 'offset') return this.offset(base.shape.base, base.shape.by + by);
    if (by === 0) return base;
    const key = `o${base.id} ${by}`;
    return this.made.get(key) ?? this.keep(key, { kind: 'offset', base, by }, [base], `o ${base.bare} ${by}`);
  }

  binary(f: BinaryOperator, width: Width, signed: boolean, a: Value, b: Value): Term {
    const name = `${f}${width}${signed ? 's' : 'u'}`;
    const key = `${name} ${keyOf(a)} ${keyOf(b)}`;
    const known = this.made.get(key);
    if (known) return known;
    const shape = { kind: 'binary', f, width, signed, a, b } as const;
    return this.keep(key, shape, [a, b], `${name} ${bareKey(a)} ${bareKey(b)}`);
  }

  unary(f: 'neg' | 'not', width: Width, a: Term): Term {
    const key = `${f}${width} ${a.id}`;
    return (
      this.made.get(key) ?? this.keep(key, { kind: 'unary', f, width, a }, [a], `${f}${width} ${a.bare}`)
    );
  }

  convert(from: Scalar, to: Scalar, a: Term): Term {
    const key = `${from}>${to} ${a.id}`;
    const known = this.made.get(key);
    return known ?? this.keep(key, { kind: 'convert', from, to, a }, [a], `${from}>${to} ${a.bare}`);
  }

  /** Counts what is remembered of where terms come from. Throws when it is too much. */
  spend(origins: number): void {
    this.spent += origins;
    if (this.spent > limits.origins) throw new TooMuch('values hang on more others than are looked at');
  }

  /** The name that all symbols of one text, read through the same things, share. */
  private bareOf(text: string): number {
    const known = this.bares.get(text);
    if (known !== undefined) return known;
    this.bares.set(text, this.bares.size + 1);
    return this.bares.size;
  }

  private keep(key: string, shape: Shape, parts: readonly Value[], bare: string): Term {
    const term = this.make(shape, this.bareOf(bare), parts);
    this.made.set(key, term);
    return term;
  }

  private make(shape: Shape, bare: number, parts: readonly Value[]): Term {
    if (this.next > limits.terms) throw new TooMuch('more unknown values than are told apart');
    const term = new Term(this.next++, shape, bare, parts, this);
    if (term.depth > limits.depth || term.size > limits.size)
      throw new TooMuch('a value is computed from more than is looked at');
    return term;
  }
}

const bareKey = (value: Value): string => (isTerm(value) ? `t${value.bare}` : `${value}`);

/** A limit of the analysis was reached: what it looked at so far says nothing about the rest. */
export class TooMuch extends Error {}

/** Whether this is the address of a name in capitals that nobody declares: of a macro, or an enumerator. */
export function isNamed({ shape }: Term): boolean {
  return shape.kind === 'symbol' && /^&[A-Z][A-Z0-9_]*$/.test(shape.text);
}

/** The name of a macro or an enumerator when this is what it stands for, whatever that is: always the same. */
export function constantName({ shape }: Term): string | undefined {
  if (shape.kind !== 'symbol') return undefined;
  const [from] = shape.from;
  if (from === undefined || !isTerm(from) || !isNamed(from)) return undefined;
  return (from.shape as { text: string }).text.slice(1);
}

export function isArgument({ shape }: Term): boolean {
  return shape.kind === 'symbol' && shape.text.startsWith('argument ');
}

/** The object that an address lies in, and how far inside. */
export function placeOf(address: Value): { base: Term | undefined; offset: number } {
  if (!isTerm(address)) return { base: undefined, offset: address };
  if (address.shape.kind === 'offset') return { base: address.shape.base, offset: address.shape.by };
  return { base: address, offset: 0 };
}
