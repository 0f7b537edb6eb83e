import type { Scalar } from '../../vm/program.js';
import { Failure } from '../failure.js';
import { isSigned, scalarOf, scalarSize, type Type, wrap } from '../type.js';
import type { Body } from './body.js';
import type { Value } from './place.js';

/** A value in another type. Records and void are left as they are. */
export function convert(body: Body, value: Value, type: Type): Value {
  if (value.type.kind === 'float' || type.kind === 'float') throw new Failure('floating point');
  if (type.kind === 'void' || type.kind === 'record' || type.kind === 'array' || type.kind === 'function') {
    return value.type.kind === 'record' ? value : { ...value, type };
  }
  if (value.type.kind === 'record') {
    body.guess('a struct is used as a number');
    return { operand: value.operand, type };
  }
  const from = scalarOf(value.type);
  const to = scalarOf(type);
  if (value.constant !== undefined) return body.constant(wrap(value.constant, to), type);
  if (sameWord(from, to)) return { operand: value.operand, type };
  const d = body.isTop(value.operand) ? value.operand : body.temporary();
  body.emit({ op: 'convert', from, to, d, a: value.operand });
  return { operand: d, type };
}

/** Whether every value of `from` is held as the same register word in `to`. */
function sameWord(from: Scalar, to: Scalar): boolean {
  if (from === to) return true;
  if (to === 'bool') return false;
  const narrow = scalarSize(from);
  const wide = scalarSize(to);
  // A 32-bit word near the smallest int is a 64-bit value of the machine's table (vm/wide.ts).
  if (wide === 8) return narrow === 8 || narrow < 4;
  if (wide === 4) return narrow <= 4;
  if (wide < narrow || from === 'bool') return from === 'bool';
  return wide === narrow ? false : !isSigned(from) || isSigned(to);
}
