import type { Operand } from '../../vm/program.js';
import { intType, scalarType, type Type, wrap } from '../type.js';
import type { Body } from './body.js';
import type { Value } from './place.js';

/** What counts bits: zeros above (`clz`) or below (`ctz`) the ones, the ones, the place of the lowest one. */
export type BitCount = 'clz' | 'ctz' | 'popcount' | 'ffs';

/** Counts bits of a value of an unsigned type: at once when it is known, else by a loop. */
export function countBits(body: Body, count: BitCount, given: Value): Value {
  const width = given.type.kind === 'scalar' && given.type.scalar === 'u64' ? 64 : 32;
  if (given.constant !== undefined) return body.constant(counted(count, given.constant, width), intType);
  const d = body.temporary();
  const rest = body.temporary();
  body.emit({ op: 'move', d: rest, a: given.operand });
  if (count === 'clz') leading(body, d, rest, width);
  else if (count === 'popcount') ones(body, d, rest, width);
  else trailing(body, d, rest, width, count === 'ffs' ? 1n : 0n);
  return { operand: d, type: intType };
}

function counted(count: BitCount, value: bigint, width: number): bigint {
  const bits = wrap(value, width === 64 ? 'u64' : 'u32')
    .toString(2)
    .padStart(width, '0');
  if (count === 'popcount') return BigInt([...bits].filter((bit) => bit === '1').length);
  if (count === 'clz') return BigInt(Math.max(0, bits.indexOf('1')));
  const lowest = width - 1 - bits.lastIndexOf('1');
  return count === 'ffs' ? (lowest === width ? 0n : BigInt(lowest + 1)) : BigInt(lowest);
}

type Width = 32 | 64;

function step(
  body: Body,
  f: 'add' | 'sub' | 'shr' | 'and',
  width: Width,
  d: number,
  a: Operand,
  b: Operand,
): void {
  body.emit({ op: 'binary', f, width, signed: false, d, a, b });
}

/** `d = width; while (rest) { rest >>= 1; d--; }` */
function leading(body: Body, d: number, rest: number, width: Width): void {
  const one = body.word(1n);
  body.emit({ op: 'move', d, a: body.word(BigInt(width)) });
  loop(body, rest, () => {
    step(body, 'shr', width, rest, rest, one);
    step(body, 'sub', 32, d, d, one);
  });
}

/** `d = 0; while (rest) { rest &= rest - 1; d++; }` */
function ones(body: Body, d: number, rest: number, width: Width): void {
  const one = body.word(1n);
  const less = body.temporary();
  body.emit({ op: 'move', d, a: body.word(0n) });
  loop(body, rest, () => {
    step(body, 'sub', width, less, rest, one);
    step(body, 'and', width, rest, rest, less);
    step(body, 'add', 32, d, d, one);
  });
}

/** `d = 0; if (rest) { while (!(rest & 1)) { rest >>= 1; d++; } d += more; }` */
function trailing(body: Body, d: number, rest: number, width: Width, more: bigint): void {
  const one = body.word(1n);
  const bit = body.temporary();
  const [again, next, found, end] = [body.newLabel(), body.newLabel(), body.newLabel(), body.newLabel()];
  body.emit({ op: 'move', d, a: body.word(0n) });
  body.branch(rest, again, end);
  body.bind(again);
  step(body, 'and', width, bit, rest, one);
  body.branch(bit, found, next);
  body.bind(next);
  step(body, 'shr', width, rest, rest, one);
  step(body, 'add', 32, d, d, one);
  body.jump(again);
  body.bind(found);
  step(body, 'add', 32, d, d, body.word(more));
  body.bind(end);
}

function loop(body: Body, rest: number, inside: () => void): void {
  const [again, enter, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  body.bind(again);
  body.branch(rest, enter, end);
  body.bind(enter);
  inside();
  body.jump(again);
  body.bind(end);
}

/** What a call of a bit builtin with a known argument gives; undefined when it is no such builtin. */
export function knownBits(name: string, value: bigint): bigint | undefined {
  const count = /^__builtin_(clz|ctz|popcount|ffs)l{0,2}$/.exec(name)?.[1] as BitCount | undefined;
  return count && counted(count, value, /l$/.test(name) ? 64 : 32);
}

/** The type that a bit builtin takes its argument in: `l` and `ll` are 64 bits wide. */
export function bitType(name: string): Type {
  return scalarType(/l$/.test(name) ? 'u64' : 'u32');
}
