import type { Operand } from '../../vm/program.js';
import type { Expression } from '../ast.js';
import { foldBinary, operation, shape } from '../fold.js';
import { isComplete, sizeOf } from '../layout.js';
import {
  commonScalar,
  type IntegerScalar,
  intType,
  isInteger,
  isPointer,
  promoted,
  scalarOf,
  scalarSize,
  scalarType,
  sizeType,
  type Type,
  wrap,
} from '../type.js';
import { copied, load, store } from './access.js';
import type { Body } from './body.js';
import { convert } from './convert.js';
import { value } from './expression.js';
import { loaded, lvalue } from './lvalue.js';
import type { Value } from './place.js';

export function unary(body: Body, e: Extract<Expression, { kind: 'unary' }>): Value {
  if (e.operator === '*') return loaded(body, e);
  const mark = body.mark();
  const a = value(body, e.a);
  if (e.operator === '!') return logicalNot(body, a, mark);
  const type = isInteger(a.type) ? scalarType(promoted(a.type)) : a.type;
  const scalar = scalarOf(type) as IntegerScalar;
  if (a.constant !== undefined) {
    const known = e.operator === '-' ? -a.constant : e.operator === '~' ? ~a.constant : a.constant;
    return body.constant(wrap(known, scalar), type);
  }
  const operand = convert(body, a, type).operand;
  if (e.operator === '+') return { operand, type };
  body.release(mark);
  const f = e.operator === '-' ? 'neg' : 'not';
  const { width } = shape(scalar);
  return { operand: body.compute((d) => ({ op: 'unary', f, width, d, a: operand })), type };
}

function logicalNot(body: Body, a: Value, mark: number): Value {
  if (a.constant !== undefined) return body.constant(a.constant === 0n ? 1n : 0n, intType);
  body.release(mark);
  const width = scalarSize(scalarOf(a.type)) === 8 ? 64 : 32;
  return {
    operand: body.compute((d) => ({ op: 'unary', f: 'lnot', width, d, a: a.operand })),
    type: intType,
  };
}

export function binary(body: Body, e: Extract<Expression, { kind: 'binary' }>): Value {
  const mark = body.mark();
  const a = value(body, e.a);
  const b = value(body, e.b);
  return calculate(body, e.operator, a, b, mark);
}

/** Does one operator on two values; temporaries taken since `mark` are given back. */
export function calculate(body: Body, operator: string, a: Value, b: Value, mark: number): Value {
  const folded = fold(body, operator, a, b);
  if (folded) return folded;
  const op = operation(operator);
  if (!op) return unknownOperator(body, operator);
  const pointers = isPointer(a.type) || isPointer(b.type);
  if (pointers && (operator === '+' || operator === '-'))
    return pointerArithmetic(body, operator, a, b, mark);
  const shift = op.f === 'shl' || op.f === 'shr';
  const scalar = shift ? promoted(a.type) : pointers ? 'u64' : commonScalar(a.type, b.type);
  const left = convert(body, a, scalarType(scalar)).operand;
  const right = convert(body, b, shift ? intType : scalarType(scalar)).operand;
  body.release(mark);
  const [x, y] = op.swap ? [right, left] : [left, right];
  const operand = body.compute((d) => ({ op: 'binary', f: op.f, ...shape(scalar), d, a: x, b: y }));
  return { operand, type: op.compares ? intType : scalarType(scalar) };
}

function unknownOperator(body: Body, operator: string): Value {
  body.guess(`operator ${operator}`);
  return body.constant(0n, intType);
}

function fold(body: Body, operator: string, a: Value, b: Value): Value | undefined {
  if (a.constant === undefined || b.constant === undefined) return undefined;
  const left = { value: a.constant, type: a.type };
  const result = foldBinary(operator, left, { value: b.constant, type: b.type }, body.unit);
  return result && body.constant(result.value, result.type);
}

function pointerArithmetic(body: Body, operator: string, a: Value, b: Value, mark: number): Value {
  if (isPointer(a.type) && isPointer(b.type)) return pointerDifference(body, a, b, mark);
  const sum = pointerSum(body, a, b, operator === '-' ? -1 : 1);
  if (sum.operand < 0 || !body.isTop(sum.operand)) return sum;
  return sum;
}

function pointerDifference(body: Body, a: Value, b: Value, mark: number): Value {
  const type = scalarType('i64');
  body.release(mark);
  const size = isPointer(a.type) ? elementSize(body, a.type.to) : 1;
  const bytes = body.compute((d) => ({
    op: 'binary',
    f: 'sub',
    width: 64,
    signed: true,
    d,
    a: a.operand,
    b: b.operand,
  }));
  if (size <= 1) return { operand: bytes, type };
  const by = body.word(BigInt(size));
  body.emit({ op: 'binary', f: 'div', width: 64, signed: true, d: bytes, a: bytes, b: by });
  return { operand: bytes, type };
}

/** `a + b * sign` where one of them is a pointer, or neither is (an index into what is unknown). */
export function pointerSum(body: Body, a: Value, b: Value, sign: 1 | -1): Value {
  const [pointer, index] = isPointer(a.type) || !isPointer(b.type) ? [a, b] : [b, a];
  const size = isPointer(pointer.type) ? elementSize(body, pointer.type.to) : 8;
  const { operand } = pointer;
  if (index.constant !== undefined) {
    const by = index.constant * BigInt(sign * size);
    return { operand: displaced(body, operand, by), type: pointer.type };
  }
  const wide = convert(body, index, scalarType(scalarOf(index.type) === 'u64' ? 'u64' : 'i64'));
  const scaled = times(body, wide.operand, size);
  const f = sign === 1 ? 'add' : 'sub';
  const d = body.isTop(scaled) ? scaled : body.temporary();
  body.emit({ op: 'binary', f, width: 64, signed: false, d, a: operand, b: scaled });
  return { operand: d, type: pointer.type };
}

function displaced(body: Body, operand: Operand, by: bigint): Operand {
  if (by === 0n) return operand;
  const known = operand < 0 ? body.pool[~operand] : undefined;
  if (typeof known === 'bigint') return body.word(BigInt.asIntN(64, known + by));
  if (known !== undefined) return body.address(known.base, known.offset + by);
  const b = body.word(BigInt.asIntN(64, by));
  return body.compute((d) => ({ op: 'binary', f: 'add', width: 64, signed: false, d, a: operand, b }));
}

function times(body: Body, a: Operand, size: number): Operand {
  if (size === 1) return a;
  const b = body.word(BigInt(size));
  const d = body.isTop(a) ? a : body.temporary();
  body.emit({ op: 'binary', f: 'mul', width: 64, signed: true, d, a, b });
  return d;
}

function elementSize(body: Body, type: Type): number {
  if (!isComplete(type, body.unit) && type.kind !== 'void') {
    body.guess('arithmetic on a pointer to a type of unknown size');
  }
  return sizeOf(type, body.unit);
}

export function assign(body: Body, e: Extract<Expression, { kind: 'assign' }>): Value {
  const place = lvalue(body, e.a);
  if (e.operator === '=') return store(body, place, value(body, e.b));
  const operator = e.operator.slice(0, -1);
  const mark = body.mark();
  const old = load(body, place);
  const b = value(body, e.b);
  // The left operand was read before the right one was evaluated, which may change it.
  const result = calculate(body, operator, old, b, mark);
  return store(body, place, result);
}

export function increment(body: Body, e: Extract<Expression, { kind: 'increment' }>, wanted: boolean): Value {
  const place = lvalue(body, e.a);
  const loadedValue = load(body, place);
  const old = wanted && !e.prefix && place.at === 'register' ? copied(body, loadedValue) : loadedValue;
  const mark = body.mark();
  const next = stepped(body, old, e.by, mark);
  const stored = store(body, place, next);
  return e.prefix ? stored : old;
}

function stepped(body: Body, old: Value, by: 1 | -1, mark: number): Value {
  const one = body.constant(1n, isPointer(old.type) ? sizeType : intType);
  return calculate(body, by === 1 ? '+' : '-', old, one, mark);
}
