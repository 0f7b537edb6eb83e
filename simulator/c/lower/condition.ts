import type { Expression } from '../ast.js';
import { knownTruth } from '../constant.js';
import { conditionalType } from '../infer.js';
import { intType, type Type } from '../type.js';
import type { Body } from './body.js';
import { convert } from './convert.js';
import { effect, value } from './expression.js';
import type { Value } from './place.js';

/** Jumps to `yes` when the expression is not zero, else to `no`. Known conditions leave no branch behind. */
export function branchOn(body: Body, e: Expression, yes: number, no: number): void {
  body.nested(() => {
    const known = knownTruth(e, body.scope);
    if (known !== undefined) body.jump(known ? yes : no);
    else branchOnUnknown(body, e, yes, no);
  });
}

function branchOnUnknown(body: Body, e: Expression, yes: number, no: number): void {
  if (e.kind === 'unary' && e.operator === '!') {
    branchOn(body, e.a, no, yes);
  } else if (e.kind === 'binary' && (e.operator === '&&' || e.operator === '||')) {
    const next = body.newLabel();
    if (e.operator === '&&') branchOn(body, e.a, next, no);
    else branchOn(body, e.a, yes, next);
    body.bind(next);
    branchOn(body, e.b, yes, no);
  } else if (isExpectation(e)) {
    branchOn(body, e.args[0]!, yes, no);
  } else {
    branchOnValue(body, e, yes, no);
  }
}

function isExpectation(e: Expression): e is Extract<Expression, { kind: 'call' }> {
  return (
    e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === '__builtin_expect' && e.args.length > 0
  );
}

function branchOnValue(body: Body, e: Expression, yes: number, no: number): void {
  const mark = body.mark();
  const test = value(body, e);
  body.release(mark);
  const { line } = body;
  if (e.line > 0) body.line = e.line;
  if (test.constant !== undefined) body.jump(test.constant !== 0n ? yes : no);
  else body.branch(test.operand, yes, no);
  body.line = line;
}

/** `&&` and `||` as a value: 0 or 1. */
export function truthValue(body: Body, e: Expression): Value {
  const known = knownTruth(e, body.scope);
  if (known !== undefined) return body.constant(known ? 1n : 0n, intType);
  const d = body.temporary();
  const [yes, no, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  branchOn(body, e, yes, no);
  body.bind(yes);
  body.emit({ op: 'move', d, a: body.word(1n) });
  body.jump(end);
  body.bind(no);
  body.emit({ op: 'move', d, a: body.word(0n) });
  body.bind(end);
  return { operand: d, type: intType };
}

type Conditional = Extract<Expression, { kind: 'conditional' }>;

export function conditional(body: Body, e: Conditional, wanted: boolean): Value {
  const type = conditionalType(e, body.scope);
  const known = knownTruth(e.test, body.scope);
  if (known !== undefined) return chosen(body, known ? (e.then ?? e.test) : e.else, type, wanted);
  if (!wanted || type.kind === 'void') return eitherEffect(body, e, type);
  const d = body.temporary();
  const mark = body.mark();
  const [yes, no, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  const middle = e.then ?? testValue(body, e, yes, no);
  if (e.then) branchOn(body, e.test, yes, no);
  const put = (source: Value) => {
    body.emit({ op: 'move', d, a: convert(body, source, type).operand });
    body.release(mark);
  };
  body.bind(yes);
  put('operand' in middle ? middle : value(body, middle));
  body.jump(end);
  body.bind(no);
  put(value(body, e.else));
  body.bind(end);
  return { operand: d, type };
}

/** `a ?: b`: the test is evaluated once and is the value. */
function testValue(body: Body, e: Conditional, yes: number, no: number): Value {
  const test = value(body, e.test);
  body.branch(test.operand, yes, no);
  return test;
}

function chosen(body: Body, e: Expression, type: Type, wanted: boolean): Value {
  if (wanted && type.kind !== 'void') return convert(body, value(body, e), type);
  effect(body, e);
  return body.constant(0n, { kind: 'void' });
}

function eitherEffect(body: Body, e: Conditional, type: Type): Value {
  const [yes, no, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  branchOn(body, e.test, yes, no);
  body.bind(yes);
  if (e.then) effect(body, e.then);
  body.jump(end);
  body.bind(no);
  effect(body, e.else);
  body.bind(end);
  return body.constant(0n, type.kind === 'record' ? { kind: 'void' } : type);
}
