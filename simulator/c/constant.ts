import type { Expression } from './ast.js';
import { foldBinary } from './fold.js';
import { conditionalType, typeOf } from './infer.js';
import { alignOf, complete, isComplete, layoutOf, sizeOf } from './layout.js';
import { type Meaning, meaningOf } from './link.js';
import { knownBits } from './lower/bits.js';
import { isTypeName, type Scope } from './scope.js';
import { functionType, globalType, type Linkable, stringSymbol } from './symbol.js';
import {
  decayed,
  intType,
  isPointer,
  promoted,
  scalarOf,
  scalarType,
  sizeType,
  type Type,
  wrap,
} from './type.js';

/** A value known without running: a number, or an address `base + value`. */
export interface Constant {
  value: bigint;
  type: Type;
  base?: Linkable | undefined;
}

/** Evaluates a constant expression (addresses of globals included); undefined when it is none. */
export function constant(e: Expression, scope: Scope): Constant | undefined {
  scope.unit.session.spend();
  switch (e.kind) {
    case 'number':
      return { value: wrap(e.value, e.type), type: scalarType(e.type) };
    case 'string':
      return { value: 0n, type: decayed(typeOf(e, scope)), base: stringSymbol(e.value, scope.unit) };
    case 'name':
      return named(e.name, scope);
    case 'unary':
      return unary(e, scope);
    case 'binary':
      return binary(e, scope);
    case 'conditional':
      return conditional(e, scope);
    case 'cast':
      return cast(e, scope);
    case 'index':
    case 'member':
    case 'compound':
      return addressValue(e, scope);
    case 'sizeof':
      return sizeOfExpression(e, scope);
    case 'offsetof':
      return offsetOf(e, scope);
    case 'typesCompatible':
      return truth(sameType(scope.resolve(e.a), scope.resolve(e.b), scope));
    case 'chooseExpr':
      return choose(e, scope);
    case 'generic':
      return constant(genericChoice(e, scope), scope);
    case 'call':
      return call(e, scope);
    default:
      return undefined;
  }
}

/** Whether a condition is known without running it. */
export function knownTruth(e: Expression, scope: Scope): boolean | undefined {
  const result = constant(e, scope);
  if (!result) return undefined;
  return result.base !== undefined || result.value !== 0n;
}

function truth(value: boolean): Constant {
  return { value: value ? 1n : 0n, type: intType };
}

function named(name: string, scope: Scope): Constant | undefined {
  const meaning = meaningOf(name, scope);
  if (meaning?.kind === 'enumerator') {
    return meaning.value === undefined ? undefined : { value: meaning.value, type: meaning.type };
  }
  const address = addressOfMeaning(meaning);
  const decays = address && (address.type.kind === 'array' || address.type.kind === 'function');
  return decays ? { ...address, type: decayed(address.type) } : undefined;
}

function unary(e: Extract<Expression, { kind: 'unary' }>, scope: Scope): Constant | undefined {
  if (e.operator === '&') {
    const address = addressOf(e.a, scope);
    return address && { ...address, type: { kind: 'pointer', to: address.type } };
  }
  if (e.operator === '*') return addressValue(e, scope);
  const a = constant(e.a, scope);
  if (!a) return undefined;
  if (e.operator === '!') return truth(a.base === undefined && a.value === 0n);
  if (a.base || (a.type.kind !== 'scalar' && a.type.kind !== 'pointer')) return undefined;
  const scalar = promoted(a.type);
  const value = e.operator === '-' ? -a.value : e.operator === '~' ? ~a.value : a.value;
  return { value: wrap(value, scalar), type: scalarType(scalar) };
}

function binary(e: Extract<Expression, { kind: 'binary' }>, scope: Scope): Constant | undefined {
  if (e.operator === ',') return undefined;
  const a = constant(e.a, scope);
  if (!a) return undefined;
  const truthOfA = a.base !== undefined || a.value !== 0n;
  if (e.operator === '&&' && !truthOfA) return truth(false);
  if (e.operator === '||' && truthOfA) return truth(true);
  const b = constant(e.b, scope);
  if (!b) return undefined;
  if (e.operator === '&&' || e.operator === '||') return truth(b.base !== undefined || b.value !== 0n);
  return foldBinary(e.operator, a, b, scope.unit);
}

function conditional(e: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Constant | undefined {
  const test = constant(e.test, scope);
  if (!test) return undefined;
  const yes = test.base !== undefined || test.value !== 0n;
  const chosen = yes ? (e.then ? constant(e.then, scope) : test) : constant(e.else, scope);
  return chosen && convertConstant(chosen, conditionalType(e, scope));
}

function choose(e: Extract<Expression, { kind: 'chooseExpr' }>, scope: Scope): Constant | undefined {
  const test = knownTruth(e.test, scope);
  return test === undefined ? undefined : constant(test ? e.then : e.else, scope);
}

/** The value in another type; undefined when that cannot be known. */
export function convertConstant(a: Constant, type: Type): Constant | undefined {
  if (a.base) {
    if (type.kind === 'scalar' && type.scalar === 'bool') return { value: 1n, type };
    const wide = scalarOf(type) === 'u64' || scalarOf(type) === 'i64';
    return wide && type.kind !== 'record' ? { ...a, type } : undefined;
  }
  if (type.kind === 'scalar' || isPointer(type) || type.kind === 'unknown') {
    return { value: wrap(a.value, scalarOf(type)), type };
  }
  return undefined;
}

function cast(e: Extract<Expression, { kind: 'cast' }>, scope: Scope): Constant | undefined {
  const type = scope.resolve(e.type);
  if (type.kind === 'float') return undefined;
  const a = constant(e.a, scope);
  return a && convertConstant(a, type);
}

/** An lvalue that is an array reads as its address; any other is not known before running. */
function addressValue(e: Expression, scope: Scope): Constant | undefined {
  const address = addressOf(e, scope);
  if (!address || (address.type.kind !== 'array' && address.type.kind !== 'function')) return undefined;
  return { ...address, type: decayed(address.type) };
}

/** The constant address of an lvalue; `type` is that of the object. */
function addressOf(e: Expression, scope: Scope): Constant | undefined {
  switch (e.kind) {
    case 'name':
      return addressOfMeaning(meaningOf(e.name, scope));
    case 'unary': {
      if (e.operator !== '*') return undefined;
      const pointer = constant(e.a, scope);
      return pointer && isPointer(pointer.type) ? { ...pointer, type: pointer.type.to } : undefined;
    }
    case 'index': {
      const sum = binary({ ...e, kind: 'binary', operator: '+', a: e.a, b: e.index }, scope);
      return sum && isPointer(sum.type) ? { ...sum, type: sum.type.to } : undefined;
    }
    case 'member':
      return addressOfMember(e, scope);
    case 'string':
      return { value: 0n, type: typeOf(e, scope), base: stringSymbol(e.value, scope.unit) };
    case 'compound': {
      // Outside of functions a compound literal lives as long as the program.
      if (!scope.isFile) return undefined;
      const literal = scope.unit.literal(e);
      return { value: 0n, type: globalType(literal), base: literal };
    }
    default:
      return undefined;
  }
}

function addressOfMeaning(meaning: Meaning | undefined): Constant | undefined {
  if (meaning?.kind === 'global' && !meaning.missing) {
    return { value: 0n, type: globalType(meaning.symbol), base: meaning.symbol };
  }
  if (meaning?.kind !== 'function') return undefined;
  return { value: 0n, type: functionType(meaning.symbol), base: meaning.symbol };
}

function addressOfMember(e: Extract<Expression, { kind: 'member' }>, scope: Scope): Constant | undefined {
  const base = e.arrow ? constant(e.a, scope) : addressOf(e.a, scope);
  if (!base) return undefined;
  const type = e.arrow ? (isPointer(base.type) ? base.type.to : undefined) : base.type;
  if (type?.kind !== 'record') return undefined;
  const member = layoutOf(type, scope.unit).byName.get(e.name);
  if (!member || member.automatic || member.bits) return undefined;
  return { ...base, value: base.value + BigInt(member.offset), type: member.type };
}

function sizeOfExpression(e: Extract<Expression, { kind: 'sizeof' }>, scope: Scope): Constant | undefined {
  const type = isTypeName(e.of) ? scope.resolve(e.of) : typeOf(e.of, scope);
  if (!isComplete(type, scope.unit)) return undefined;
  const size = e.align ? alignOf(type, scope.unit) : sizeOf(type, scope.unit);
  return { value: BigInt(size), type: sizeType };
}

function offsetOf(e: Extract<Expression, { kind: 'offsetof' }>, scope: Scope): Constant | undefined {
  let type = scope.resolve(e.type);
  let offset = 0n;
  for (const part of e.path) {
    if ('member' in part) {
      const place = type.kind === 'record' ? layoutOf(type, scope.unit).byName.get(part.member) : undefined;
      if (!place || place.automatic) return undefined;
      offset += BigInt(place.offset);
      type = place.type;
    } else {
      if (type.kind !== 'array') return undefined;
      const index = constant(part.index, scope);
      if (!index || index.base) return undefined;
      offset += index.value * BigInt(sizeOf(type.of, scope.unit));
      type = type.of;
    }
  }
  return { value: offset, type: sizeType };
}

function call(e: Extract<Expression, { kind: 'call' }>, scope: Scope): Constant | undefined {
  if (e.callee.kind !== 'name') return undefined;
  const first = e.args[0];
  if (e.callee.name === '__builtin_constant_p' && first) {
    const known = constant(first, scope);
    return truth(known !== undefined && (known.base === undefined || known.base.kind === 'global'));
  }
  if (!first || !e.callee.name.startsWith('__builtin_')) return undefined;
  const value = constant(first, scope);
  if (e.callee.name === '__builtin_expect') return value;
  const bits = value && !value.base ? knownBits(e.callee.name, value.value) : undefined;
  return bits === undefined ? undefined : { value: bits, type: intType };
}

/** The branch of `_Generic` that fits the type of its operand. */
export function genericChoice(e: Extract<Expression, { kind: 'generic' }>, scope: Scope): Expression {
  const type = decayed(typeOf(e.control, scope));
  const fits = e.choices.find((choice) => choice.type && sameType(scope.resolve(choice.type), type, scope));
  const chosen = fits ?? e.choices.find((choice) => !choice.type);
  return chosen?.value ?? { kind: 'number', value: 0n, type: 'i32', file: e.file, line: e.line };
}

/** Compatible types. Qualifiers are not kept; `long` and `long long` count as one. */
function sameType(a: Type, b: Type, scope: Scope): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.scalar === b.scalar;
  if (a.kind === 'pointer' && b.kind === 'pointer') return sameType(a.to, b.to, scope);
  if (a.kind === 'array' && b.kind === 'array') {
    const lengths = a.length === undefined || b.length === undefined || a.length === b.length;
    return lengths && sameType(a.of, b.of, scope);
  }
  if (a.kind === 'record' && b.kind === 'record') {
    if (a.tag !== undefined && b.tag !== undefined) return a.tag === b.tag && a.union === b.union;
    return complete(a, scope.unit) === complete(b, scope.unit);
  }
  if (a.kind === 'function' && b.kind === 'function') {
    const same = a.parameters.length === b.parameters.length && sameType(a.result, b.result, scope);
    return same && a.parameters.every((parameter, n) => sameType(parameter, b.parameters[n]!, scope));
  }
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.name === b.name;
  return a.kind === b.kind && a.kind !== 'scalar';
}
