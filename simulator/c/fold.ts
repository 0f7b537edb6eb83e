import type { BinaryOperator } from '../vm/program.js';
import type { Constant } from './constant.js';
import { sizeOf } from './layout.js';
import {
  commonScalar,
  type IntegerScalar,
  intType,
  isPointer,
  isSigned,
  promoted,
  scalarSize,
  scalarType,
  wrap,
} from './type.js';
import type { UnitScope } from './unit-scope.js';

/** Does a binary operator on two constants; undefined where C leaves it open (division by zero). */
export function foldBinary(
  operator: string,
  a: Constant,
  b: Constant,
  unit: UnitScope,
): Constant | undefined {
  if (isPointer(a.type) || isPointer(b.type)) return foldPointers(operator, a, b, unit);
  if (a.base || b.base) return foldAddress(operator, a, b);
  if (operator === '<<' || operator === '>>') return foldShift(operator, a, b);
  const scalar = commonScalar(a.type, b.type);
  const left = wrap(a.value, scalar);
  const right = wrap(b.value, scalar);
  const answer = compared(operator, left, right);
  if (answer !== undefined) return { value: answer ? 1n : 0n, type: intType };
  const value = calculated(operator, left, right);
  return value === undefined ? undefined : { value: wrap(value, scalar), type: scalarType(scalar) };
}

/** An address cast to an integer still moves by plain numbers. */
function foldAddress(operator: string, a: Constant, b: Constant): Constant | undefined {
  if (operator === '+' && a.base && !b.base) return { ...a, value: a.value + b.value };
  if (operator === '+' && b.base && !a.base) return { ...b, value: a.value + b.value };
  if (operator === '-' && a.base && !b.base) return { ...a, value: a.value - b.value };
  // Addresses of globals are aligned to 64 bytes: a tag bit can be set as if by addition.
  const tags = operator === '|' && a.base?.kind === 'global' && a.value === 0n && !b.base;
  return tags && b.value >= 0n && b.value < 64n ? { ...a, value: b.value } : undefined;
}

function foldPointers(operator: string, a: Constant, b: Constant, unit: UnitScope): Constant | undefined {
  const answer = a.base === b.base ? compared(operator, unsigned(a), unsigned(b)) : undefined;
  if (answer !== undefined) return { value: answer ? 1n : 0n, type: intType };
  if ((operator === '==' || operator === '!=') && isNull(a) !== isNull(b) && (isNull(a) || isNull(b))) {
    const other = isNull(a) ? b : a;
    return other.base ? { value: operator === '!=' ? 1n : 0n, type: intType } : undefined;
  }
  if (operator === '+') {
    const [pointer, index] = isPointer(a.type) ? [a, b] : [b, a];
    return index.base ? undefined : moved(pointer, index.value, unit);
  }
  if (operator !== '-' || !isPointer(a.type)) return undefined;
  if (!isPointer(b.type)) return b.base ? undefined : moved(a, -b.value, unit);
  if (a.base !== b.base) return undefined;
  const size = BigInt(Math.max(1, sizeOf(a.type.to, unit)));
  return { value: (a.value - b.value) / size, type: scalarType('i64') };
}

function unsigned(a: Constant): bigint {
  return a.base ? a.value : wrap(a.value, 'u64');
}

function isNull(a: Constant): boolean {
  return a.base === undefined && a.value === 0n;
}

function moved(pointer: Constant, by: bigint, unit: UnitScope): Constant | undefined {
  if (!isPointer(pointer.type)) return undefined;
  const value = pointer.value + by * BigInt(sizeOf(pointer.type.to, unit));
  return { ...pointer, value: pointer.base ? value : wrap(value, 'u64') };
}

function foldShift(operator: string, a: Constant, b: Constant): Constant | undefined {
  const scalar = promoted(a.type);
  if (b.value < 0n || b.value >= BigInt(scalarSize(scalar) * 8)) return undefined;
  const value = wrap(a.value, scalar);
  return {
    value: wrap(operator === '<<' ? value << b.value : value >> b.value, scalar),
    type: scalarType(scalar),
  };
}

function compared(operator: string, a: bigint, b: bigint): boolean | undefined {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

function calculated(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? undefined : a / b;
    case '%':
      return b === 0n ? undefined : a % b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      return undefined;
  }
}

/** The machine's operator for one of C; `swap`: with its operands exchanged. */
export interface Operation {
  f: BinaryOperator;
  swap: boolean;
  compares: boolean;
}

const operations: Record<string, Operation> = {
  '+': { f: 'add', swap: false, compares: false },
  '-': { f: 'sub', swap: false, compares: false },
  '*': { f: 'mul', swap: false, compares: false },
  '/': { f: 'div', swap: false, compares: false },
  '%': { f: 'rem', swap: false, compares: false },
  '&': { f: 'and', swap: false, compares: false },
  '|': { f: 'or', swap: false, compares: false },
  '^': { f: 'xor', swap: false, compares: false },
  '<<': { f: 'shl', swap: false, compares: false },
  '>>': { f: 'shr', swap: false, compares: false },
  '==': { f: 'eq', swap: false, compares: true },
  '!=': { f: 'ne', swap: false, compares: true },
  '<': { f: 'lt', swap: false, compares: true },
  '<=': { f: 'le', swap: false, compares: true },
  '>': { f: 'lt', swap: true, compares: true },
  '>=': { f: 'le', swap: true, compares: true },
};

export function operation(operator: string): Operation | undefined {
  return operations[operator];
}

/** How an instruction says its type: width and signedness. */
export function shape(scalar: IntegerScalar): { width: 32 | 64; signed: boolean } {
  return { width: scalarSize(scalar) === 8 ? 64 : 32, signed: isSigned(scalar) };
}
