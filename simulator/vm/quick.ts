import { Op } from './operation.js';
import type { BinaryOperator, Width } from './program.js';
import { smallest } from './wide.js';

/** A binary operator on plain words; undefined when the operands or the result need exact arithmetic. */
export function quick(op: number, a: number, b: number): number | undefined {
  switch (op) {
    case Op.Add32:
      return (a + b) | 0;
    case Op.Sub32:
      return (a - b) | 0;
    case Op.And32:
      return a & b;
    case Op.Or32:
      return a | b;
    case Op.Eq:
      return a === b ? 1 : 0;
    case Op.Ne:
      return a !== b ? 1 : 0;
    case Op.Lt32:
      return a < b ? 1 : 0;
    case Op.Le32:
      return a <= b ? 1 : 0;
    case Op.Ltu32:
      return a >>> 0 < b >>> 0 ? 1 : 0;
    case Op.Leu32:
      return a >>> 0 <= b >>> 0 ? 1 : 0;
    case Op.Binary:
      return undefined;
    default:
      return a < smallest || b < smallest ? undefined : quick64(op, a, b);
  }
}

/** Sign-extended words keep the order of unsigned 64-bit values, so a 32-bit comparison tells it. */
function quick64(op: number, a: number, b: number): number | undefined {
  switch (op) {
    case Op.Add64:
      return plain(a + b);
    case Op.Sub64:
      return plain(a - b);
    case Op.And64:
      return plain(a & b);
    case Op.Or64:
      return plain(a | b);
    case Op.Lt64:
      return a < b ? 1 : 0;
    case Op.Le64:
      return a <= b ? 1 : 0;
    case Op.Ltu64:
      return a >>> 0 < b >>> 0 ? 1 : 0;
    default:
      return a >>> 0 <= b >>> 0 ? 1 : 0;
  }
}

function plain(value: number): number | undefined {
  return value >= smallest && value <= 0x7fff_ffff ? value : undefined;
}

/** The other operators on positive words, which mean the same signed and unsigned, in 32 bits and in 64. */
export function quickPositive(f: BinaryOperator, width: Width, a: number, b: number): number | undefined {
  if (a < 0 || b < 0) return undefined;
  switch (f) {
    case 'shl':
      return b < width ? plain(a * 2 ** b) : undefined;
    case 'shr':
      return b < width ? (b > 31 ? 0 : a >> b) : undefined;
    case 'mul':
      return plain(a * b);
    case 'div':
      return b === 0 ? undefined : Math.floor(a / b);
    case 'rem':
      return b === 0 ? undefined : a % b;
    case 'xor':
      return a ^ b;
    default:
      return undefined;
  }
}

/** A conversion whose result is plain; types by their numbers in encode.scalars. */
export function quickConvert(from: number, to: number, a: number): number | undefined {
  if (from >= 6 && from <= 7 && a < smallest) return undefined;
  switch (to) {
    case 0:
      return (a << 24) >> 24;
    case 1:
      return a & 0xff;
    case 2:
      return (a << 16) >> 16;
    case 3:
      return a & 0xffff;
    case 4:
    case 5:
      return a;
    default:
      return from === 5 ? (a >= 0 ? a : undefined) : a >= smallest ? a : undefined;
  }
}
