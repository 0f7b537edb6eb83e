import type { Expression, Statement } from '../ast.js';
import { knownTruth } from '../constant.js';
import { sizeOf } from '../layout.js';
import { functionType } from '../symbol.js';
import { isTarget } from '../walk.js';
import { copied } from './access.js';
import type { Body, Exit } from './body.js';
import { branchOn } from './condition.js';
import { convert } from './convert.js';
import { declare } from './declare.js';
import { effect, value } from './expression.js';
import { bindLabel, cleanUp, goTo, leave, withCleanups } from './jump.js';
import { caseLabel, switchOn } from './switch.js';

/** Why what a statement does is a guess, where it is written in assembly. */
export const assembly = 'inline assembly';

export function statement(body: Body, s: Statement): void {
  const mark = body.mark();
  if (s.line > 0) body.line = s.line;
  body.nested(() => lowered(body, s));
  body.release(mark);
}

function lowered(body: Body, s: Statement): void {
  switch (s.kind) {
    case 'expression':
      effect(body, s.value);
      break;
    case 'block':
      block(body, s.body);
      break;
    case 'declare':
      for (const declaration of s.declarations) declare(body, declaration);
      break;
    case 'if':
      ifElse(body, s);
      break;
    case 'while':
      loop(body, undefined, s.test, undefined, s.body);
      break;
    case 'do':
      doWhile(body, s);
      break;
    case 'for':
      body.inScope(() => withCleanups(body, () => forLoop(body, s)));
      break;
    case 'switch':
      switchOn(body, s);
      break;
    case 'case':
      caseLabel(body, s);
      statement(body, s.body);
      break;
    case 'label':
      bindLabel(body, s.name);
      statement(body, s.body);
      break;
    case 'goto':
      goTo(body, s.label);
      break;
    case 'break':
      leave(body, body.breakExit, 'break');
      break;
    case 'continue':
      leave(body, body.continueExit, 'continue');
      break;
    case 'return':
      returnValue(body, s.value);
      break;
    case 'asm':
      body.guess(assembly);
      break;
    case 'empty':
  }
}

export function block(body: Body, statements: Statement[]): void {
  body.inScope(() =>
    withCleanups(body, () => {
      for (const each of statements) statement(body, each);
    }),
  );
}

function ifElse(body: Body, s: Extract<Statement, { kind: 'if' }>): void {
  const known = knownTruth(s.test, body.scope);
  const [yes, no, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  branchOn(body, s.test, yes, no);
  body.bind(yes);
  // Code that nothing reaches is not lowered: it may use what this kernel is configured without.
  if (known !== false || isTarget(s.then)) inner(body, s.then);
  body.jump(end);
  body.bind(no);
  if (s.else && (known !== true || isTarget(s.else))) inner(body, s.else);
  body.bind(end);
}

function inner(body: Body, s: Statement): void {
  block(body, [s]);
}

/** Runs `inside` with `break` and `continue` going to these labels. */
function withExits(body: Body, onBreak: number, onContinue: number, inside: () => void): void {
  const { breakExit, continueExit, cleanup } = body;
  const exit = (label: number): Exit => ({ label, cleanup });
  body.breakExit = exit(onBreak);
  body.continueExit = exit(onContinue);
  inside();
  body.breakExit = breakExit;
  body.continueExit = continueExit;
}

/** One shape for `while` and `for`: test, body, step, and back. */
function loop(
  body: Body,
  first: Statement | undefined,
  test: Expression | undefined,
  step: Expression | undefined,
  inside: Statement,
): void {
  if (first) statement(body, first);
  const [again, enter, next, end] = [body.newLabel(), body.newLabel(), body.newLabel(), body.newLabel()];
  const { line } = body;
  body.bind(again);
  if (test) branchOn(body, test, enter, end);
  body.bind(enter);
  const never = test !== undefined && knownTruth(test, body.scope) === false;
  if (!never || isTarget(inside)) withExits(body, end, next, () => inner(body, inside));
  body.bind(next);
  body.line = line;
  if (step) effect(body, step);
  body.jump(again);
  body.bind(end);
}

function forLoop(body: Body, s: Extract<Statement, { kind: 'for' }>): void {
  loop(body, s.first, s.test, s.step, s.body);
}

function doWhile(body: Body, s: Extract<Statement, { kind: 'do' }>): void {
  const [again, next, end] = [body.newLabel(), body.newLabel(), body.newLabel()];
  body.bind(again);
  withExits(body, end, next, () => inner(body, s.body));
  body.bind(next);
  branchOn(body, s.test, again, end);
  body.bind(end);
}

function returnValue(body: Body, e: Expression | undefined): void {
  const { result } = functionType(body.symbol);
  if (!e || result.kind === 'void') {
    if (e) effect(body, e);
    cleanUp(body, body.cleanup, undefined);
    body.emit({ op: 'return', a: undefined });
    return;
  }
  const given = value(body, e);
  if (result.kind === 'record') {
    const to = body.resultAddress!;
    if (given.type.kind === 'record') {
      body.emit({ op: 'copy', to, from: given.operand, size: Math.max(1, sizeOf(result, body.unit)) });
    } else {
      body.guess('a struct is returned as a number');
    }
    cleanUp(body, body.cleanup, undefined);
    body.emit({ op: 'return', a: undefined });
    return;
  }
  const converted = convert(body, given, result);
  const kept = body.cleanup && converted.constant === undefined ? copied(body, converted) : converted;
  cleanUp(body, body.cleanup, undefined);
  body.emit({ op: 'return', a: kept.operand });
}
