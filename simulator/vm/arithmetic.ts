import type { BinaryOperator, Scalar, Width } from './program.js';
import type { WideTable } from './wide.js';

/** What the machine's quick paths leave over: wide operands, multiplication, division. Exact, by BigInt. */
export function binary(
  wide: WideTable,
  f: BinaryOperator,
  width: Width,
  signed: boolean,
  a: number,
  b: number,
): number | 'division by zero' {
  const x = operand(wide, width, signed, a);
  const y = operand(wide, width, signed, b);
  if (f === 'shl' || f === 'shr') {
    const by = BigInt(width - 1) & y;
    return result(wide, width, f === 'shl' ? x << by : x >> by);
  }
  switch (f) {
    case 'add':
      return result(wide, width, x + y);
    case 'sub':
      return result(wide, width, x - y);
    case 'mul':
      return result(wide, width, x * y);
    case 'div':
      return y === 0n ? 'division by zero' : result(wide, width, x / y);
    case 'rem':
      return y === 0n ? 'division by zero' : result(wide, width, x % y);
    case 'and':
      return result(wide, width, x & y);
    case 'or':
      return result(wide, width, x | y);
    case 'xor':
      return result(wide, width, x ^ y);
    case 'eq':
      return x === y ? 1 : 0;
    case 'ne':
      return x !== y ? 1 : 0;
    case 'lt':
      return x < y ? 1 : 0;
    case 'le':
      return x <= y ? 1 : 0;
  }
}

export function unary(wide: WideTable, f: 'neg' | 'not' | 'lnot', width: Width, a: number): number {
  if (f === 'lnot') return a === 0 ? 1 : 0;
  const x = operand(wide, width, true, a);
  return result(wide, width, f === 'neg' ? -x : ~x);
}

const bits: Record<Scalar, number> = {
  i8: 8,
  u8: 8,
  i16: 16,
  u16: 16,
  i32: 32,
  u32: 32,
  i64: 64,
  u64: 64,
  bool: 8,
};

/** C's conversion of a scalar: truncation, then extension by the target's width. */
export function convert(wide: WideTable, from: Scalar, to: Scalar, a: number): number {
  if (to === 'bool') return a === 0 ? 0 : 1;
  const value = operand(wide, bits[from] === 64 ? 64 : 32, from !== 'u32', a);
  if (bits[to] === 64) return wide.word(value);
  if (to === 'u8' || to === 'u16') return Number(BigInt.asUintN(bits[to], value));
  return Number(BigInt.asIntN(bits[to], value));
}

function operand(wide: WideTable, width: Width, signed: boolean, word: number): bigint {
  const value = width === 64 ? wide.value(word) : BigInt(word);
  return signed ? value : BigInt.asUintN(width, value);
}

function result(wide: WideTable, width: Width, value: bigint): number {
  return width === 64 ? wide.word(value) : Number(BigInt.asIntN(32, value));
}
