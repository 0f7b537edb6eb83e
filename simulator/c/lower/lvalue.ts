import type { Access } from '../../vm/program.js';
import type { Expression } from '../ast.js';
import { dataOf } from '../data.js';
import { typeOf } from '../infer.js';
import { alignOf, memberOf, recordName, sizeOf } from '../layout.js';
import { meaningOf } from '../link.js';
import { functionType, type GlobalSymbol, globalType, sized, spelled, stringSymbol } from '../symbol.js';
import { isPointer, isScalar, type RecordType, type Type, unknownType } from '../type.js';
import { addressOf, load } from './access.js';
import { initialiseLocal } from './aggregate.js';
import type { Body } from './body.js';
import { value } from './expression.js';
import { pointerSum } from './operator.js';
import type { Place, Value } from './place.js';

/** The place that an expression names. What names none is put into memory first. */
export function lvalue(body: Body, e: Expression): Place {
  switch (e.kind) {
    case 'name':
      return namePlace(body, e.name);
    case 'unary':
      return e.operator === '*' ? pointedTo(value(body, e.a), spelled(e.a), body) : valuePlace(body, e);
    case 'index': {
      const sum = pointerSum(body, value(body, e.a), value(body, e.index), 1);
      return pointedTo(sum, spelled(e.a), body);
    }
    case 'member':
      return memberPlace(body, e);
    case 'compound':
      return compoundPlace(body, e);
    case 'string': {
      const symbol = stringSymbol(e.value, body.unit);
      return { at: 'memory', address: body.address(symbol, 0n), offset: 0, type: globalType(symbol) };
    }
    default:
      return valuePlace(body, e);
  }
}

function namePlace(body: Body, name: string): Place {
  const meaning = meaningOf(name, body.scope);
  switch (meaning?.kind) {
    case 'variable':
      return { ...meaning.named.storage!, type: meaning.named.type };
    case 'global':
      globalGuess(body, meaning);
      return {
        at: 'memory',
        address: body.address(meaning.symbol, 0n),
        offset: 0,
        type: globalType(meaning.symbol),
      };
    case 'function': {
      const type = functionType(meaning.symbol);
      return { at: 'memory', address: body.address(meaning.symbol, 0n), offset: 0, type };
    }
    case 'prototype':
      if (body.unit.session.open) return declaredElsewhere(body, name, meaning.type);
      body.guess(`nobody defines ${name}()`);
      return { at: 'memory', address: body.word(0n), offset: 0, type: meaning.type };
    default:
      return unknownPlace(body, name);
  }
}

function globalGuess(body: Body, meaning: { symbol: GlobalSymbol; missing: boolean }): void {
  if (meaning.missing) {
    // With headers alone, a declaration is as much as there can be.
    if (!body.unit.session.partial) body.guess(`nobody defines ${meaning.symbol.name}`);
    return;
  }
  const { problem } = dataOf(meaning.symbol);
  if (problem !== undefined) body.guess(`the first value of ${meaning.symbol.name} is not known: ${problem}`);
}

/** A name that nobody declares reads as 0, and says so when it is executed. */
function unknownPlace(body: Body, name: string): Place {
  if (body.unit.session.open) return declaredElsewhere(body, name, unknownType(name));
  body.guess(`${name} is not declared`);
  const register = body.temporary();
  body.emit({ op: 'move', d: register, a: body.word(0n) });
  return { at: 'register', register, type: unknownType(name) };
}

/** Something of which only the name is known: wherever it is, it is always there. */
function declaredElsewhere(body: Body, name: string, type: Type): Place {
  const address = body.compute((d) => ({ op: 'unknown', name: `&${name}`, d, args: [], used: true }));
  return { at: 'memory', address, offset: 0, type };
}

/** Where a pointer points; of what is no pointer the result is of unknown type. */
export function pointedTo(pointer: Value, name: string, body: Body): Place {
  const at = { at: 'memory', address: pointer.operand, offset: 0 } as const;
  if (isPointer(pointer.type)) return { ...at, type: pointer.type.to };
  body.guess(`${name} is dereferenced, but its type is unknown`);
  const inner = pointer.type.kind === 'unknown' ? `*${pointer.type.name}` : '*';
  return { ...at, type: unknownType(inner) };
}

function memberPlace(body: Body, e: Extract<Expression, { kind: 'member' }>): Place {
  const outer = e.arrow ? arrowPlace(body, e) : lvalue(body, e.a);
  const record = outer.type.kind === 'record' ? outer.type : unknownRecord(body, outer.type, e);
  if (!record || outer.at === 'register') {
    return { ...outer, type: unknownType(`${spelled(e.a)}.${e.name}`) };
  }
  const member = memberOf(record, e.name, body.unit);
  const known = outer.type.kind === 'record';
  if (member.automatic && known) body.guess(`member ${e.name} of ${recordName(record)} is not modelled`);
  return { ...outer, offset: outer.offset + member.offset, type: member.type, bits: member.bits };
}

/** Where `->` leads; what is no pointer is left to `unknownRecord`, which says so. */
function arrowPlace(body: Body, e: Extract<Expression, { kind: 'member' }>): Place {
  const { operand, type } = value(body, e.a);
  const to = isPointer(type) ? type.to : unknownType(type.kind === 'unknown' ? `*${type.name}` : '*');
  return { at: 'memory', address: operand, offset: 0, type: to };
}

/** A member of what is no struct that we know: its members get places by the name of the type. */
function unknownRecord(
  body: Body,
  type: Type,
  e: Extract<Expression, { kind: 'member' }>,
): RecordType | undefined {
  body.guess(`member ${e.name} of ${spelled(e.a)}, whose type is not known`);
  if (type.kind !== 'unknown') return undefined;
  const tag = `?${type.name}`.slice(0, 200);
  return body.unit.syntheticRecord(tag);
}

function compoundPlace(body: Body, e: Extract<Expression, { kind: 'compound' }>): Place {
  body.scope.declareTypes(e.type);
  const type = sized(body.scope.resolve(e.type), e.initialiser, body.scope);
  const place: Place = { ...body.allocate(sizeOf(type, body.unit), alignOf(type, body.unit)), type };
  initialiseLocal(body, place, e.initialiser);
  return place;
}

/** A value that is no lvalue, where C still allows one: structs that functions return. */
function valuePlace(body: Body, e: Expression): Place {
  const type = typeOf(e, body.scope);
  const result = value(body, e);
  if (type.kind === 'record') return { at: 'memory', address: result.operand, offset: 0, type };
  const register = body.temporary();
  body.emit({ op: 'move', d: register, a: result.operand });
  return { at: 'register', register, type: result.type };
}

/** The address of an lvalue as a pointer. */
export function addressValue(body: Body, e: Expression): Value {
  const place = lvalue(body, e);
  if (place.bits) body.guess('the address of a bit-field is taken');
  return { operand: addressOf(body, place), type: { kind: 'pointer', to: place.type } };
}

/** The value of an lvalue; its address, when it was a temporary, is given back. */
export function loaded(body: Body, e: Expression, access: Access = 'plain'): Value {
  const mark = body.mark();
  const place = lvalue(body, e);
  // Of an aggregate the address is the value.
  if (place.at !== 'register' && isScalar(place.type)) body.release(mark);
  return load(body, place, access);
}
