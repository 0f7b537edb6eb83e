import { smallest } from '../vm/wide.js';
import type { Calculator } from './calculate.js';
import { constantName, isTerm, type Term, type Value } from './term.js';

/** What a path has learned about a term from the branches it took. */
export interface Fact {
  readonly is?: number;
  readonly not: readonly number[];
  /** Bounds as a signed number. */
  readonly low?: number;
  readonly high?: number;
  /** It was dereferenced: neither NULL nor an error in the place of a pointer. */
  readonly sound?: boolean;
  /** It was found in memory, or is NULL (no-error.ts). */
  readonly found?: boolean;
}

const nothing: Fact = { not: [] };
const someError: Fact = { not: [0], low: -4095, high: -1 };

/** Everything learned so far. A path has its own copy. */
export class Facts {
  constructor(
    private readonly calculator: Calculator,
    readonly all: Map<Term, Fact> = new Map(),
  ) {}

  copy(): Facts {
    return new Facts(this.calculator, new Map(this.all));
  }

  of(term: Term): Fact {
    return this.all.get(term) ?? (isErrorName(term) ? someError : nothing);
  }

  /** The value, computed again with what is known of its parts. */
  known(value: Value, depth = 6): Value {
    if (!isTerm(value)) return value;
    const { is } = this.of(value);
    if (is !== undefined) return is;
    const { shape } = value;
    if (depth === 0 || shape.kind === 'symbol') return value;
    if (shape.kind === 'binary') {
      const a = this.known(shape.a, depth - 1);
      const b = this.known(shape.b, depth - 1);
      if (a === shape.a && b === shape.b) return value;
      return this.calculator.binary(shape.f, shape.width, shape.signed, a, b);
    }
    if (shape.kind === 'offset') {
      const base = this.known(shape.base, depth - 1);
      return base === shape.base ? value : this.calculator.binary('add', 64, false, base, shape.by);
    }
    const a = this.known(shape.a, depth - 1);
    if (a === shape.a) return value;
    return shape.kind === 'unary'
      ? this.calculator.unary(shape.f, shape.width, a)
      : this.calculator.convert(shape.from, shape.to, a);
  }

  /** Whether a value is not zero; undefined when both are possible. */
  truth(value: Value): boolean | undefined {
    const known = this.known(value);
    if (!isTerm(known)) return known !== 0;
    if (isNeverZero(known)) return true;
    if (isWidened(known)) return this.truth((known.shape as { a: Term }).a);
    if (this.hasNoBit(known)) return false;
    const fact = this.of(known);
    if (fact.not.includes(0) || this.isSound(known)) return true;
    const { shape } = known;
    if (shape.kind !== 'binary' || isTerm(shape.b) === isTerm(shape.a)) return this.bounded(known, 0);
    switch (shape.f) {
      case 'eq':
        return this.equals(shape.a as Term, shape.b as number);
      case 'ne': {
        const equal = this.equals(shape.a as Term, shape.b as number);
        return equal === undefined ? undefined : !equal;
      }
      case 'lt':
      case 'le':
        if (shape.signed) return this.ordered(shape.a, shape.b, shape.f === 'lt' ? 1 : 0);
        return isErrorTest(shape) ? this.isError(shape.b as Term) : undefined;
      default:
        return this.bounded(known, 0);
    }
  }

  /** Other terms that have turned out to be equal to this one. */
  equalsOf(term: Term): Term[] {
    return [...this.all.keys()].flatMap((fact) => {
      const { shape } = fact;
      if (shape.kind !== 'binary' || (shape.f !== 'eq' && shape.f !== 'ne')) return [];
      const { a, b } = shape;
      if ((a !== term && b !== term) || this.truth(fact) !== (shape.f === 'eq')) return [];
      return [a, b].filter((one) => isTerm(one) && one !== term) as Term[];
    });
  }

  /** Whether two terms have turned out to be equal, maybe each to a third one. */
  areOne(a: Term, b: Term): boolean {
    const met = new Set([a]);
    for (const one of met) for (const other of this.equalsOf(one)) met.add(other);
    return met.has(b);
  }

  /** No bit of a mask is set when none of a larger mask is. */
  private hasNoBit({ shape }: Term): boolean {
    if (shape.kind !== 'binary' || shape.f !== 'and' || isTerm(shape.b)) return false;
    for (const [{ shape: other }, { is }] of this.all) {
      if (is !== 0 || other.kind !== 'binary' || other.f !== 'and' || isTerm(other.b)) continue;
      if (other.a === shape.a && (shape.b & ~other.b) === 0) return true;
    }
    return false;
  }

  private equals(a: Term, b: number): boolean | undefined {
    const fact = this.of(a);
    if (fact.is !== undefined) return fact.is === b;
    if (fact.not.includes(b) || (b <= 0 && b >= -4095 && this.isSound(a))) return false;
    if (a.shape.kind === 'binary' && b === 0) {
      const truth = this.truth(a);
      return truth === undefined ? undefined : !truth;
    }
    return this.bounded(a, b) === true ? false : undefined;
  }

  /** True when the bounds exclude this value. */
  private bounded(a: Term, b: number): boolean | undefined {
    const { low, high } = this.of(a);
    return (low !== undefined && b < low) || (high !== undefined && b > high) ? true : undefined;
  }

  /** Whether a pointer is an error; an int that was put in its place is one, unless it is zero. */
  isError(pointer: Term): boolean | undefined {
    if (this.isSound(pointer)) return false;
    if (isErrorName(pointer)) return true;
    for (const [{ shape }, { not }] of this.all)
      if (
        shape.kind === 'binary' &&
        shape.f === 'le' &&
        shape.b === pointer &&
        isErrorTest(shape) &&
        !shape.signed
      )
        return not.includes(0);
    return isWidened(pointer) ? this.truth((pointer.shape as { a: Term }).a) : undefined;
  }

  private isSound(term: Term): boolean {
    return this.of(term.shape.kind === 'offset' ? term.shape.base : term).sound === true;
  }

  /** A pointer is followed: what it is worth is known from here on. */
  follow(address: Value): void {
    if (!isTerm(address)) return;
    const base = address.shape.kind === 'offset' ? address.shape.base : address;
    if (base.shape.kind !== 'symbol' || isNeverZero(base)) return;
    const fact = this.of(base);
    if (fact.is === undefined && !fact.sound) this.all.set(base, { ...fact, sound: true });
  }

  /** Learns that a pointer was found in memory. */
  found(pointer: Term): void {
    const fact = this.of(pointer);
    if (fact.is === undefined && !fact.found) this.all.set(pointer, { ...fact, found: true });
  }

  /** Whether a + gap <= b, of which one is known. */
  private ordered(a: Value, b: Value, gap: number): boolean | undefined {
    if ((isTerm(a) ? (b as number) : a) <= smallest) return undefined;
    if (isTerm(a)) {
      const { low, high } = this.of(a);
      const most = (b as number) - gap;
      if (high !== undefined && high <= most) return true;
      return low !== undefined && low > most ? false : undefined;
    }
    const { low, high } = this.of(b as Term);
    const least = a + gap;
    if (low !== undefined && low >= least) return true;
    return high !== undefined && high < least ? false : undefined;
  }

  /** Learns that a value, which could be both, is zero or is not. */
  assume(value: Value, outcome: boolean): void {
    const known = this.known(value);
    if (!isTerm(known)) return;
    const { shape } = known;
    this.learn(known, outcome ? { not: [...this.of(known).not, 0] } : { is: 0 });
    if (shape.kind !== 'binary') return;
    const { a, b } = shape;
    const one = isTerm(a) !== isTerm(b);
    if (one && (shape.f === 'eq' || shape.f === 'ne'))
      this.assumeEqual(a as Term, b as number, outcome === (shape.f === 'eq'));
    else if (shape.f === (outcome ? 'eq' : 'ne') && isTerm(a) && isTerm(b)) this.assumeNamed(a, b);
    else if (one && shape.signed && (shape.f === 'lt' || shape.f === 'le'))
      this.assumeOrder(a, b, shape.f === 'lt' ? 1 : 0, outcome);
    else if (one && !shape.signed && (shape.f === 'lt' || shape.f === 'le') && outcome && isTerm(b))
      if ((a as number) !== 0 || shape.f === 'lt')
        // Above something that is not negative: not zero.
        this.learn(b, { not: [...this.of(b).not, 0] });
    if (shape.f === 'and' && outcome) {
      for (const part of [a, b]) if (isTerm(part)) this.learn(part, { not: [...this.of(part).not, 0] });
    }
  }

  private assumeEqual(a: Term, b: number, outcome: boolean): void {
    if (a.shape.kind === 'binary' && b === 0) {
      this.assume(a, !outcome);
      return;
    }
    this.learn(a, outcome ? { is: b } : { not: [...this.of(a).not, b] });
  }

  /** What is `-EBUSY`, whatever that is, is an error. */
  private assumeNamed(a: Term, b: Term): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (isErrorName(one)) {
        const error = isWidened(other) ? (other.shape as { a: Term }).a : other;
        this.learn(error, { ...someError, not: [...this.of(error).not, 0] });
      }
  }

  private assumeOrder(a: Value, b: Value, gap: number, outcome: boolean): void {
    if ((isTerm(a) ? (b as number) : a) <= smallest) return;
    if (isTerm(a)) {
      const most = (b as number) - gap;
      this.learn(a, outcome ? { high: most } : { low: most + 1 });
    } else {
      const least = a + gap;
      this.learn(b as Term, outcome ? { low: least } : { high: least - 1 });
    }
  }

  private learn(term: Term, more: Partial<Fact>): void {
    const fact = this.of(term);
    const { is } = more;
    if (is !== undefined) {
      this.all.set(term, { is, not: [] });
      return;
    }
    const low = more.low === undefined ? fact.low : Math.max(more.low, fact.low ?? smallest);
    const high = more.high === undefined ? fact.high : Math.min(more.high, fact.high ?? 0x7fff_ffff);
    if (low !== undefined && low === high) {
      this.all.set(term, { is: low, not: [] });
      return;
    }
    const not = [...new Set(more.not ?? fact.not)].sort((x, y) => x - y);
    this.all.set(term, {
      not,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(fact.sound ? { sound: true } : {}),
      ...(fact.found ? { found: true } : {}),
    });
  }
}

/** Whether a term cannot be zero: it has a bit set, or is the address of a variable or of a member of something. */
export function isNeverZero({ shape }: Term): boolean {
  if (shape.kind === 'binary') return shape.f === 'or' && !isTerm(shape.b) && shape.b !== 0;
  if (shape.kind === 'offset') return shape.by > 0 || isNeverZero(shape.base);
  return shape.kind === 'symbol' && (shape.frame || shape.text.startsWith('&'));
}

/** Whether a comparison asks for an error in the place of a pointer: above the last 4095 addresses. */
export function isErrorTest({ a, b }: { a: Value; b: Value }): boolean {
  return !isTerm(a) && isTerm(b) && a >= -4096 && a < 0;
}

/** `-EMFILE`, of a header that is not read: some error. */
export function isErrorName({ shape }: Term): boolean {
  return shape.kind === 'unary' && shape.f === 'neg' && /^E[A-Z0-9]+$/.test(constantName(shape.a) ?? '');
}

/** An int that was made as wide as a pointer. */
export function isWidened({ shape }: Term): boolean {
  return shape.kind === 'convert' && shape.from === 'i32' && shape.to.endsWith('64');
}
