import { binary as exact, convert as exactConvert, unary as exactUnary } from '../vm/arithmetic.js';
import type { BinaryOperator, Scalar, Width } from '../vm/program.js';
import { smallest, WideTable } from '../vm/wide.js';
import { isNeverZero, isWidened } from './facts.js';
import { constantName, isTerm, type Term, Terms, type Value } from './term.js';

/** Arithmetic on what is known, and the terms of what is not. */
export class Calculator {
  readonly terms = new Terms();
  readonly wide = new WideTable();

  binary(f: BinaryOperator, width: Width, signed: boolean, a: Value, b: Value): Value {
    if (!isTerm(a) && !isTerm(b)) {
      const result = exact(this.wide, f, width, signed, a, b);
      // What divides by zero ends nothing here: the path is judged for its locks.
      return typeof result === 'number' ? result : 0;
    }
    return this.simplified(f, width, signed, a, b) ?? this.terms.binary(f, width, signed, a, b);
  }

  private not(value: Value): Value {
    return this.binary('eq', 64, false, value, 0);
  }

  private simplified(
    f: BinaryOperator,
    width: Width,
    signed: boolean,
    a: Value,
    b: Value,
  ): Value | undefined {
    if (compares.has(f) && width === 64 && (signed || f === 'eq' || f === 'ne')) {
      const [x, y] = [narrow(a), narrow(b)];
      if (x !== undefined && y !== undefined && (x !== a || y !== b)) return this.binary(f, 32, true, x, y);
    }
    switch (f) {
      case 'add':
        if (!isTerm(b)) return this.moved(a as Term, b, 1);
        return isTerm(a) ? undefined : this.moved(b, a, 1);
      case 'sub':
        if (a === b) return 0;
        return isTerm(b) ? undefined : this.moved(a as Term, b, -1);
      case 'eq':
      case 'ne':
        return this.compared(f, a, b);
      case 'lt':
        return a === b ? 0 : undefined;
      case 'le':
        if (a === b) return 1;
        return isTerm(a) && isTerm(b) ? this.not(this.binary('lt', width, signed, b, a)) : undefined;
      case 'and':
        if (a === 0 || b === 0) return 0;
        if (isTerm(a) && !isTerm(b) && hasOther(a, b)) return this.binary('and', width, signed, rest(a), b);
        if (isTerm(a) && isTerm(b) && (isWithout(a, b) || isWithout(b, a))) return 0;
        return a === b || b === -1 ? a : a === -1 ? b : undefined;
      case 'or':
        return b === 0 || a === b ? a : a === 0 ? b : undefined;
      case 'xor':
        return a === b ? 0 : b === 0 ? a : undefined;
      case 'mul':
        if (a === 0 || b === 0) return 0;
        return b === 1 ? a : a === 1 ? b : undefined;
      case 'shl':
      case 'shr':
        return b === 0 ? a : a === 0 ? 0 : undefined;
      case 'div':
        return b === 1 ? a : undefined;
      default:
        return undefined;
    }
  }

  private moved(a: Term, by: number, sign: 1 | -1): Value | undefined {
    return by >= smallest ? this.terms.offset(a, by * sign) : undefined;
  }

  /** Equality, with the constant on the right and no offset on the left. */
  private compared(f: 'eq' | 'ne', a: Value, b: Value): Value | undefined {
    if (a === b) return f === 'eq' ? 1 : 0;
    if (!isTerm(a)) return this.binary(f, 64, false, b, a);
    if (isTerm(b)) return this.comparedTerms(f, a, b);
    if (isNeverZero(a) && (b === 0 || (b > -4096 && b < 0 && a.shape.kind !== 'binary')))
      return f === 'eq' ? 0 : 1;
    if (a.shape.kind === 'offset') {
      const { base, by } = a.shape;
      return b - by >= smallest ? this.binary(f, 64, false, base, b - by) : undefined;
    }
    return undefined;
  }

  /** One spelling for all: the older name on the left, and inequality as what is not equal. */
  private comparedTerms(f: 'eq' | 'ne', a: Term, b: Term): Value | undefined {
    if (sameBase(a, b)) return f === 'eq' ? 0 : 1;
    if (f === 'ne') return this.not(this.binary('eq', 64, false, a, b));
    return a.bare > b.bare || (a.bare === b.bare && a.id > b.id)
      ? this.binary('eq', 64, false, b, a)
      : this.terms.binary('eq', 64, false, a, b);
  }

  unary(f: 'neg' | 'not' | 'lnot', width: Width, a: Value): Value {
    if (!isTerm(a)) return exactUnary(this.wide, f, width, a);
    if (f === 'lnot') return this.binary('eq', 64, false, a, 0);
    return this.terms.unary(f, width, a);
  }

  convert(from: Scalar, to: Scalar, a: Value): Value {
    if (!isTerm(a)) return exactConvert(this.wide, from, to, a);
    if (to === 'bool') return isTruth(a) ? a : this.binary('ne', 64, false, a, 0);
    // What names from headers stand for is an int, and stays what it is.
    if (bytes(to) >= 4 && isOfNames(a)) return a;
    // An int in the place of a pointer is an error code (facts.ts).
    if (from === 'i32' && bytes(to) === 8 && !isTruth(a)) return this.terms.convert(from, to, a);
    // What else only gets wider, or is only read otherwise, is the same unknown.
    if (bytes(to) >= bytes(from) || isTruth(a)) return a;
    return this.terms.convert(from, to, a);
  }
}

const isOfNames = (a: Term): boolean => a.symbols.every((symbol) => constantName(symbol) !== undefined);

const compares = new Set<BinaryOperator>(['eq', 'ne', 'lt', 'le']);

/** The int behind a value that was made wider; undefined when it is none. */
function narrow(value: Value): Value | undefined {
  if (!isTerm(value)) return value >= smallest && value <= 0x7fff_ffff ? value : undefined;
  return isWidened(value) ? (value.shape as { a: Term }).a : undefined;
}

/** Whether a term is something with bits set that a mask does not look at. */
function hasOther({ shape }: Term, mask: number): boolean {
  return shape.kind === 'binary' && shape.f === 'or' && !isTerm(shape.b) && (shape.b & mask) === 0;
}

const rest = ({ shape }: Term): Value => (shape as { a: Value }).a;

/** Whether bits that nobody declares were taken away from a term: of `flags & ~(A | B)` neither A nor B is left. */
function isWithout(term: Term, bits: Term): boolean {
  const { shape } = term;
  if (shape.kind === 'convert') return isWithout(shape.a, bits);
  if (shape.kind !== 'binary' || shape.f !== 'and') return false;
  return [shape.a, shape.b].some((part) => {
    if (!isTerm(part)) return false;
    if (part.shape.kind !== 'unary' || part.shape.f !== 'not') return isWithout(part, bits);
    const gone = bitsOf(part.shape.a);
    return bitsOf(bits).every((bit) => gone.includes(bit));
  });
}

/** The parts of `A | B`. */
function bitsOf(value: Value): readonly Value[] {
  if (!isTerm(value) || value.shape.kind !== 'binary' || value.shape.f !== 'or') return [value];
  return [...bitsOf(value.shape.a), ...bitsOf(value.shape.b)];
}

function sameBase(a: Term, b: Term): boolean {
  const of = (t: Term) => (t.shape.kind === 'offset' ? t.shape.base : t);
  return of(a) === of(b);
}

/** Whether a term is 0 or 1 in any case. */
export function isTruth({ shape }: Term): boolean {
  return shape.kind === 'binary' && ['eq', 'ne', 'lt', 'le'].includes(shape.f);
}

function bytes(type: Scalar): number {
  return type === 'bool' ? 1 : Number(type.slice(1)) / 8;
}
