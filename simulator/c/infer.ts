import type { Expression, Statement } from './ast.js';
import { constant, genericChoice, knownTruth } from './constant.js';
import { memberOf, readType } from './layout.js';
import { meaningOf } from './link.js';
import { builtins } from './lower/builtin.js';
import { intrinsicResult } from './lower/intrinsic.js';
import { ownWord } from './own-words.js';
import { Scope } from './scope.js';
import { functionType, globalType, sized, stringSymbol } from './symbol.js';
import {
  commonScalar,
  decayed,
  intType,
  isInteger,
  isPointer,
  pointerTo,
  promoted,
  scalarType,
  sizeType,
  type Type,
  unknownType,
  voidType,
} from './type.js';

/** The type of an expression (not decayed), without lowering it. */
export function typeOf(e: Expression, scope: Scope): Type {
  const { session } = scope.unit;
  const known = session.types.get(e);
  if (known) return known;
  session.spend();
  const type = infer(e, scope);
  session.types.set(e, type);
  return type;
}

function infer(e: Expression, scope: Scope): Type {
  switch (e.kind) {
    case 'number':
      return scalarType(e.type);
    case 'string':
      return { kind: 'array', of: scalarType('i8'), length: stringSymbol(e.value, scope.unit).bytes!.length };
    case 'name':
      return nameType(e.name, scope);
    case 'unary':
      return unaryType(e, scope);
    case 'increment':
    case 'assign':
      return typeOf(e.a, scope);
    case 'binary':
      return binaryType(e, scope);
    case 'conditional':
      return conditionalType(e, scope);
    case 'call':
      return callType(e, scope);
    case 'index':
      return pointee(decayed(typeOf(e.a, scope)), decayed(typeOf(e.index, scope)));
    case 'member':
      return memberType(e, scope);
    case 'cast':
      return scope.resolve(e.type);
    case 'compound':
      return sized(scope.resolve(e.type), e.initialiser, scope);
    case 'sizeof':
    case 'offsetof':
      return sizeType;
    case 'typesCompatible':
      return intType;
    case 'chooseExpr':
      return typeOf(knownTruth(e.test, scope) === false ? e.else : e.then, scope);
    case 'statements':
      return statementsType(e.body, scope);
    case 'labelAddress':
      return pointerTo(voidType);
    case 'generic':
      return typeOf(genericChoice(e, scope), scope);
  }
}

function nameType(name: string, scope: Scope): Type {
  const meaning = meaningOf(name, scope);
  switch (meaning?.kind) {
    case 'variable':
      return meaning.named.type;
    case 'enumerator':
    case 'prototype':
      return meaning.type;
    case 'global':
      return globalType(meaning.symbol);
    case 'function':
      return functionType(meaning.symbol);
    default:
      return unknownType(name);
  }
}

function unaryType(e: Extract<Expression, { kind: 'unary' }>, scope: Scope): Type {
  const a = typeOf(e.a, scope);
  switch (e.operator) {
    case '&':
      return pointerTo(a);
    case '*':
      return pointee(decayed(a));
    case '!':
      return intType;
    default:
      return isInteger(a) ? scalarType(promoted(a)) : a;
  }
}

/** What a pointer points to; of what is no pointer, nothing is known. */
export function pointee(type: Type, other?: Type): Type {
  if (isPointer(type)) return type.to;
  if (other && isPointer(other)) return other.to;
  return unknownType(type.kind === 'unknown' ? `*${type.name}` : '*');
}

function binaryType(e: Extract<Expression, { kind: 'binary' }>, scope: Scope): Type {
  if (e.operator === ',') return typeOf(e.b, scope);
  return binaryResult(e.operator, decayed(typeOf(e.a, scope)), decayed(typeOf(e.b, scope)));
}

/** The type of `a operator b`. */
function binaryResult(operator: string, a: Type, b: Type): Type {
  switch (operator) {
    case '&&':
    case '||':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return intType;
    case '<<':
    case '>>':
      return scalarType(promoted(a));
    case '-':
      if (isPointer(a) && isPointer(b)) return scalarType('i64');
      if (isPointer(a)) return a;
      break;
    case '+':
      if (isPointer(a)) return a;
      if (isPointer(b)) return b;
      break;
    default:
  }
  return scalarType(commonScalar(a, b));
}

export function conditionalType(e: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Type {
  const then = decayed(typeOf(e.then ?? e.test, scope));
  const other = decayed(typeOf(e.else, scope));
  if (then.kind === 'void' || other.kind === 'void') return voidType;
  if (then.kind === 'record') return then;
  if (isPointer(then) && isPointer(other)) {
    if (isNullConstant(e.then ?? e.test, scope)) return other;
    return other.to.kind === 'void' && !isNullConstant(e.else, scope) ? other : then;
  }
  if (isPointer(then)) return then;
  if (isPointer(other)) return other;
  if (then.kind === 'unknown' && other.kind === 'unknown') return then;
  return scalarType(commonScalar(then, other));
}

/** `0` or `(void *)0`, for any constant expression that is zero. */
function isNullConstant(e: Expression, scope: Scope): boolean {
  if (e.kind !== 'number' && e.kind !== 'cast') return false;
  const known = constant(e, scope);
  if (!known || known.base || known.value !== 0n) return false;
  return !isPointer(known.type) || known.type.to.kind === 'void';
}

function memberType(e: Extract<Expression, { kind: 'member' }>, scope: Scope): Type {
  const a = typeOf(e.a, scope);
  const record = e.arrow ? pointee(decayed(a)) : a;
  if (record.kind === 'record') return readType(memberOf(record, e.name, scope.unit));
  return unknownType(`${record.kind === 'unknown' ? record.name : '?'}.${e.name}`);
}

function callType(e: Extract<Expression, { kind: 'call' }>, scope: Scope): Type {
  if (e.callee.kind !== 'name') return resultOf(decayed(typeOf(e.callee, scope)));
  const { name } = e.callee;
  const primitive = ownWord(name);
  if (primitive !== undefined) return intrinsicResult(primitive);
  const meaning = meaningOf(name, scope, e.args.length);
  if (meaning?.kind === 'variable') return resultOf(decayed(meaning.named.type));
  if (meaning?.kind === 'global') return resultOf(decayed(globalType(meaning.symbol)));
  if (meaning?.kind === 'function') return functionType(meaning.symbol).result;
  const builtin = builtins.get(name);
  if (builtin) return builtin.type(e, scope);
  return meaning?.kind === 'prototype' ? resultOf(meaning.type) : unknownType(`${name}()`);
}

/** What a call through a value of this type gives. */
export function resultOf(type: Type): Type {
  const to = isPointer(type) ? type.to : type;
  return to.kind === 'function' ? to.result : unknownType('call through an unknown pointer');
}

/** The type of the last expression, with the block's own declarations known. */
function statementsType(body: Statement[], scope: Scope): Type {
  const inner = new Scope(scope, scope.unit);
  for (const statement of body) declareTypesOnly(statement, inner);
  const last = lastExpression(body);
  return last ? typeOf(last, inner) : voidType;
}

/** The expression whose value a statement expression has. */
export function lastExpression(body: Statement[]): Expression | undefined {
  let last = body.at(-1);
  while (last?.kind === 'label') last = last.body;
  return last?.kind === 'expression' ? last.value : undefined;
}

function declareTypesOnly(statement: Statement, scope: Scope): void {
  if (statement.kind !== 'declare') return;
  for (const declaration of statement.declarations) {
    scope.declare(declaration);
    if (declaration.kind !== 'variable') continue;
    const type = sized(scope.resolve(declaration.type), declaration.initialiser, scope);
    scope.names.set(declaration.name, { kind: 'variable', type, storage: undefined });
  }
}
