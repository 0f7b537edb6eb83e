import type { Expression } from '../ast.js';
import { constant, genericChoice, knownTruth } from '../constant.js';
import { lastExpression, typeOf } from '../infer.js';
import { alignOf, isComplete, memberOf, sizeOf } from '../layout.js';
import { meaningOf } from '../link.js';
import { isTypeName } from '../scope.js';
import { decayed, intType, sizeType } from '../type.js';
import { copied, moved } from './access.js';
import type { Body } from './body.js';
import { call } from './call.js';
import { conditional, truthValue } from './condition.js';
import { convert } from './convert.js';
import { leaveScope } from './jump.js';
import { addressValue, loaded } from './lvalue.js';
import { assign, binary, increment, unary } from './operator.js';
import type { Value } from './place.js';
import { statement } from './statement.js';

/** Lowers an expression for its value: arrays and functions become pointers. */
export function value(body: Body, e: Expression): Value {
  const { line } = body;
  if (e.line > 0) body.line = e.line;
  const result = body.nested(() => lowered(body, e, true));
  body.line = line;
  return result;
}

/** Lowers an expression for what it does; nobody looks at its value. */
export function effect(body: Body, e: Expression): void {
  const { line } = body;
  const mark = body.mark();
  if (e.line > 0) body.line = e.line;
  body.nested(() => lowered(body, e, false));
  body.release(mark);
  body.line = line;
}

function lowered(body: Body, e: Expression, wanted: boolean): Value {
  switch (e.kind) {
    case 'number':
      return body.constant(e.value, typeOf(e, body.scope));
    case 'name':
      return nameValue(body, e);
    case 'string':
    case 'index':
    case 'member':
    case 'compound':
      return loaded(body, e);
    case 'unary':
      return e.operator === '&' ? addressValue(body, e.a) : unary(body, e);
    case 'increment':
      return increment(body, e, wanted);
    case 'binary':
      return binaryValue(body, e, wanted);
    case 'assign':
      return assign(body, e);
    case 'conditional':
      return conditional(body, e, wanted);
    case 'call':
      return call(body, e, wanted);
    case 'cast':
      return cast(body, e);
    case 'statements':
      return statements(body, e, wanted);
    case 'chooseExpr':
      return lowered(body, knownTruth(e.test, body.scope) === false ? e.else : e.then, wanted);
    case 'generic':
      return value(body, genericChoice(e, body.scope));
    case 'sizeof':
      return size(body, e);
    case 'offsetof':
      return offset(body, e);
    case 'typesCompatible':
      return body.constant(constant(e, body.scope)?.value ?? 0n, intType);
    case 'labelAddress':
      body.guess('the address of a label is taken');
      return body.constant(0n, decayed(typeOf(e, body.scope)));
  }
}

function nameValue(body: Body, e: Extract<Expression, { kind: 'name' }>): Value {
  const meaning = meaningOf(e.name, body.scope);
  if (meaning?.kind === 'enumerator') {
    if (meaning.value === undefined) body.guess(`the value of ${e.name} is not constant`);
    return body.constant(meaning.value ?? 0n, meaning.type);
  }
  return loaded(body, e);
}

function binaryValue(body: Body, e: Extract<Expression, { kind: 'binary' }>, wanted: boolean): Value {
  switch (e.operator) {
    case ',':
      effect(body, e.a);
      if (wanted) return value(body, e.b);
      effect(body, e.b);
      return body.constant(0n, intType);
    case '&&':
    case '||':
      return truthValue(body, e);
    default:
      return binary(body, e);
  }
}

function cast(body: Body, e: Extract<Expression, { kind: 'cast' }>): Value {
  body.scope.declareTypes(e.type);
  const type = body.scope.resolve(e.type);
  if (type.kind === 'void') {
    effect(body, e.a);
    return body.constant(0n, type);
  }
  return convert(body, value(body, e.a), type);
}

/** A statement expression: its value outlives the variables of its block. */
function statements(body: Body, e: Extract<Expression, { kind: 'statements' }>, wanted: boolean): Value {
  const last = wanted ? lastExpression(e.body) : undefined;
  return body.inScope(() =>
    leaveScope(body, e.body, () => {
      const before = last ? e.body.slice(0, -1) : e.body;
      for (const each of before) statement(body, each);
      if (!last) return body.constant(0n, intType);
      const result = labelledValue(body, e.body.at(-1)!, last);
      return result.constant === undefined && body.cleanup ? copied(body, result) : result;
    }),
  );
}

/** The last statement may carry labels before its value. */
function labelledValue(body: Body, last: import('../ast.js').Statement, e: Expression): Value {
  for (let at = last; at.kind === 'label'; at = at.body) {
    statement(body, { ...at, body: { kind: 'empty', file: at.file, line: at.line } });
  }
  return value(body, e);
}

function size(body: Body, e: Extract<Expression, { kind: 'sizeof' }>): Value {
  const type = isTypeName(e.of) ? body.scope.resolve(e.of) : typeOf(e.of, body.scope);
  if (!isComplete(type, body.unit)) body.guess('the size of a type that is not known is taken');
  const bytes = e.align ? alignOf(type, body.unit) : sizeOf(type, body.unit);
  return body.constant(BigInt(bytes), sizeType);
}

function offset(body: Body, e: Extract<Expression, { kind: 'offsetof' }>): Value {
  const known = constant(e, body.scope);
  if (known) return body.constant(known.value, sizeType);
  return { operand: offsetOperand(body, e), type: sizeType };
}

/** `offsetof` with an index that is not constant, or a member that nobody declares. */
function offsetOperand(body: Body, e: Extract<Expression, { kind: 'offsetof' }>): number {
  let type = body.scope.resolve(e.type);
  let known = 0;
  let operand = body.word(0n);
  for (const part of e.path) {
    if ('member' in part && type.kind === 'record') {
      const member = memberOf(type, part.member, body.unit);
      if (member.automatic) body.guess(`member ${part.member} is not modelled`);
      known += member.offset;
      type = member.type;
    } else if ('index' in part && type.kind === 'array') {
      const b = body.word(BigInt(sizeOf(type.of, body.unit)));
      const a = value(body, part.index).operand;
      const scaled = body.compute((d) => ({ op: 'binary', f: 'mul', width: 64, signed: true, d, a, b }));
      const sum = operand;
      operand = body.compute((d) => ({
        op: 'binary',
        f: 'add',
        width: 64,
        signed: true,
        d,
        a: sum,
        b: scaled,
      }));
      type = type.of;
    } else {
      body.guess('offsetof into an unknown type');
    }
  }
  return moved(body, operand, known);
}
