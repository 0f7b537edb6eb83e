import type { Operand } from '../../vm/program.js';
import type { Expression } from '../ast.js';
import { resultOf } from '../infer.js';
import { alignOf, sizeOf } from '../layout.js';
import { meaningOf, takes } from '../link.js';
import { ownWord } from '../own-words.js';
import { type FunctionSymbol, functionType, spelled } from '../symbol.js';
import {
  type FunctionType,
  isPointer,
  promoted,
  scalarOf,
  scalarSize,
  scalarType,
  type Type,
  unknownType,
} from '../type.js';
import { addressOf } from './access.js';
import type { Body } from './body.js';
import { builtins } from './builtin.js';
import { convert } from './convert.js';
import { value } from './expression.js';
import { intrinsic } from './intrinsic.js';
import type { Place, Value } from './place.js';

type Call = Extract<Expression, { kind: 'call' }>;

export function call(body: Body, e: Call, wanted: boolean): Value {
  const { callee, args } = e;
  if (callee.kind !== 'name') return throughPointer(body, e);
  const primitive = ownWord(callee.name);
  if (primitive !== undefined) return intrinsic(body, primitive, args);
  const meaning = meaningOf(callee.name, body.scope, args.length);
  if (meaning?.kind === 'variable' || meaning?.kind === 'global') return throughPointer(body, e);
  if (meaning?.kind === 'function') return direct(body, meaning.symbol, args);
  const builtin = builtins.get(callee.name);
  if (builtin) return builtin.lower(body, e, wanted);
  const type = meaning?.kind === 'prototype' ? meaning.type : undefined;
  return unknown(body, callee.name, args, type?.kind === 'function' ? type : undefined, wanted);
}

function direct(body: Body, symbol: FunctionSymbol, args: readonly Expression[]): Value {
  const type = functionType(symbol);
  const { length } = type.parameters;
  if (!takes(symbol, args.length)) {
    const origin = symbol.unit.origin === 'model' ? ' in the model' : '';
    body.guess(`${symbol.name}() takes ${args.length} arguments here, ${length}${origin}`);
  }
  const mark = body.mark();
  const operands = argumentsFor(body, args, type, symbol).slice(0, length);
  while (operands.length < length) operands.push(body.word(0n));
  const callee = body.callee(symbol);
  return withResult(body, type.result, operands, mark, (d, all) => ({ op: 'call', d, callee, args: all }));
}

/** Adds the hidden first argument of a function that returns a struct, emits the call, gives its value. */
function withResult(
  body: Body,
  result: Type,
  operands: Operand[],
  mark: number,
  make: (d: number, args: Operand[]) => Parameters<Body['emit']>[0],
): Value {
  if (result.kind !== 'record') {
    body.release(mark);
    return { operand: body.compute((d) => make(d, operands)), type: result };
  }
  const size = sizeOf(result, body.unit);
  const { offset } = body.allocate(size, alignOf(result, body.unit));
  const address = body.compute((d) => ({ op: 'local', d, offset }));
  body.emit(make(body.temporary(), [address, ...operands]));
  body.release(mark);
  // Again, because the temporaries of the arguments lay below.
  return { operand: body.compute((d) => ({ op: 'local', d, offset })), type: result };
}

function argumentsFor(
  body: Body,
  args: readonly Expression[],
  type: FunctionType | undefined,
  symbol?: FunctionSymbol,
): Operand[] {
  return args.map((arg, index) => {
    const given = value(body, arg);
    const parameter = type?.parameters[index];
    if (parameter !== undefined && symbol?.unit.origin === 'model' && isMistaken(given.type, parameter))
      body.guess(`${symbol.name}() takes a number in the model where a pointer is given here`);
    if (given.type.kind === 'record') return copyOf(body, given);
    return convert(body, given, parameter ?? promotedType(given.type)).operand;
  });
}

/**
 * As many parameters as the model's function has, and yet another function: a version of the kernel that the
 * model does not know has them in another order.
 */
function isMistaken(given: Type, parameter: Type): boolean {
  return isPointer(given) && parameter.kind === 'scalar';
}

function promotedType(type: Type): Type {
  return type.kind === 'scalar' ? scalarType(promoted(type)) : type;
}

/** A struct by value: the callee gets the address of a copy in the caller's frame. */
function copyOf(body: Body, given: Value): Operand {
  const size = sizeOf(given.type, body.unit);
  const place: Place = { ...body.allocate(size, alignOf(given.type, body.unit)), type: given.type };
  const to = addressOf(body, place);
  if (size > 0) body.emit({ op: 'copy', to, from: given.operand, size });
  return to;
}

function throughPointer(body: Body, e: Call): Value {
  const mark = body.mark();
  const pointer = value(body, e.callee);
  const known = functionBehind(body, pointer);
  if (known) return direct(body, known, e.args);
  const to = isPointer(pointer.type) ? pointer.type.to : undefined;
  const type = to?.kind === 'function' ? to : undefined;
  if (!type) body.guess(`${spelled(e.callee)} is called, but its type is unknown`);
  const operands = argumentsFor(body, e.args, type);
  const text = spelled(e.callee);
  const address = pointer.operand;
  return withResult(body, resultOf(pointer.type), operands, mark, (d, args) => ({
    op: 'callIndirect',
    d,
    address,
    args,
    text,
  }));
}

/** A pointer that is the address of one function is no indirect call. */
function functionBehind(body: Body, pointer: Value): FunctionSymbol | undefined {
  const pooled = pointer.operand < 0 ? body.pool[~pointer.operand] : undefined;
  if (pooled === undefined || typeof pooled === 'bigint') return undefined;
  return pooled.base.kind === 'function' && pooled.offset === 0n ? pooled.base : undefined;
}

/** A function nobody has: it may return anything, and touches nothing that we know of. */
export function unknown(
  body: Body,
  name: string,
  args: readonly Expression[],
  type: FunctionType | undefined,
  used: boolean,
): Value {
  const mark = body.mark();
  const operands = argumentsFor(body, args, type);
  const result = type?.result ?? unknownType(`${name}()`);
  if (result.kind === 'record') {
    const emitted = withResult(body, result, operands, mark, (d, all) => ({
      op: 'unknown',
      name,
      d,
      args: all,
      used,
    }));
    if (used) body.guess(`${name}() returns a struct`);
    return emitted;
  }
  body.release(mark);
  const d = body.temporary();
  const valued = used && result.kind !== 'void';
  body.emit({ op: 'unknown', name, d, args: operands, used: valued });
  return narrowed(body, { operand: d, type: result });
}

/** Whatever an unknown function returns is cut to the width that its prototype says. */
function narrowed(body: Body, given: Value): Value {
  if (given.type.kind !== 'scalar' || scalarSize(scalarOf(given.type)) >= 4) return given;
  return convert(body, { operand: given.operand, type: scalarType('i32') }, given.type);
}
