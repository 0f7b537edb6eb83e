import type { Expression } from '../ast.js';
import { intType, isPointer, pointerTo, scalarType, type Type, unknownType, voidType } from '../type.js';
import type { Body } from './body.js';
import { convert } from './convert.js';
import { value } from './expression.js';
import type { Value } from './place.js';

/** The model's primitives (simulator/kernel/README.md) and their results. */
const results = new Map<string, Type>([
  ['__await_eq', voidType],
  ['__await_ne', voidType],
  ['__await_ge', voidType],
  ['__sleep_ne', voidType],
  ['__yield', voidType],
  ['__choose', intType],
  ['__self', intType],
  ['__own', pointerTo(voidType)],
  ['__any', intType],
  ['__alone', intType],
  ['__acquiring', voidType],
  ['__acquired', voidType],
  ['__released', voidType],
  ['__holds', intType],
  ['__held', intType],
  ['__might_sleep', voidType],
  ['__alloc', pointerTo(voidType)],
  ['__free', voidType],
  ['__assert', voidType],
  ['__violate', voidType],
  ['__warn', voidType],
  ['__assume', voidType],
  ['__progress', voidType],
  ['__event', voidType],
]);

export function intrinsicResult(name: string): Type {
  return results.get(name) ?? unknownType(`${name}()`);
}

/** String literals go to `text`, everything else is passed as a 64-bit value. */
export function intrinsic(body: Body, name: string, args: readonly Expression[]): Value {
  const mark = body.mark();
  const text: string[] = [];
  const operands: number[] = [];
  for (const arg of args) {
    if (arg.kind === 'string') text.push(arg.value);
    else operands.push(wide(body, arg));
  }
  body.release(mark);
  const operand = body.compute((d) => ({ op: 'intrinsic', name, d, args: operands, text }));
  return { operand, type: intrinsicResult(name) };
}

function wide(body: Body, arg: Expression): number {
  const given = value(body, arg);
  return isPointer(given.type) ? given.operand : convert(body, given, scalarType('i64')).operand;
}
