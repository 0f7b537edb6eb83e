import type { Statement } from '../ast.js';
import { Failure } from '../failure.js';
import { resolveFunction } from '../link.js';
import { pointerTo } from '../type.js';
import { labelNames } from '../walk.js';
import type { Body, Cleanup, Exit, Label } from './body.js';

/** Runs `inside` with the labels of a function or statement expression declared. */
function withLabels<T>(body: Body, statements: Statement[], inside: () => T): T {
  const names = labelNames(statements);
  if (names.length === 0) return inside();
  const outer = body.labelScope;
  const labels = new Map<string, Label>();
  for (const name of names) labels.set(name, { id: body.newLabel(), cleanup: undefined, bound: false });
  body.labelScope = { outer, labels };
  const result = inside();
  body.labelScope = outer;
  return result;
}

/** Runs `inside`, then the cleanups of the variables that it declared. */
export function withCleanups<T>(body: Body, inside: () => T): T {
  const outer = body.cleanup;
  const result = inside();
  cleanUp(body, body.cleanup, outer);
  body.cleanup = outer;
  return result;
}

/** The scope of a function's body or a statement expression: own labels, own cleanups. */
export function leaveScope<T>(body: Body, statements: Statement[], inside: () => T): T {
  return withLabels(body, statements, () => withCleanups(body, inside));
}

/** Calls the cleanup functions of the scopes from the innermost up to, and without, `to`. */
export function cleanUp(body: Body, from: Cleanup | undefined, to: Cleanup | undefined): void {
  for (let each = from; each && each !== to; each = each.outer) {
    const mark = body.mark();
    const { offset, callee } = each;
    const address = body.compute((d) => ({ op: 'local', d, offset }));
    const symbol = resolveFunction(callee, 1, body.unit);
    const d = body.temporary();
    if (symbol) body.emit({ op: 'call', d, callee: body.callee(symbol), args: [address] });
    else body.emit({ op: 'unknown', name: callee, d, args: [address], used: false });
    body.release(mark);
  }
}

export function leave(body: Body, exit: Exit | undefined, word: string): void {
  if (!exit) throw new Failure(`${word} outside of what it leaves`);
  cleanUp(body, body.cleanup, exit.cleanup);
  body.jumpAsWritten(exit.label);
}

export function goTo(body: Body, name: string): void {
  const label = findLabel(body, name);
  const from = body.cleanup;
  if (!from) {
    body.jumpAsWritten(label.id);
    return;
  }
  // Which scopes are left is known when the label has been met: the way there is emitted at the end.
  const stub = body.newLabel();
  const { line, scope } = body;
  body.jumpAsWritten(stub);
  body.stubs.push(() => {
    body.line = line;
    body.scope = scope;
    body.bind(stub);
    cleanUp(body, from, common(from, label.cleanup));
    body.jump(label.id);
  });
}

function common(from: Cleanup, to: Cleanup | undefined): Cleanup | undefined {
  const around = new Set<Cleanup>();
  for (let each = to; each; each = each.outer) around.add(each);
  let each: Cleanup | undefined = from;
  while (each && !around.has(each)) each = each.outer;
  return each;
}

function findLabel(body: Body, name: string): Label {
  for (let scope: typeof body.labelScope | undefined = body.labelScope; scope; scope = scope.outer) {
    const label = scope.labels.get(name);
    if (label) return label;
  }
  throw new Failure(`label ${name} does not exist`);
}

export function bindLabel(body: Body, name: string): void {
  const label = findLabel(body, name);
  if (label.bound) throw new Failure(`label ${name} is there twice`);
  label.bound = true;
  label.cleanup = body.cleanup;
  body.bind(label.id);
}

/** Makes a variable in the frame be cleaned up when its scope is left. */
export function pushCleanup(body: Body, callee: string, offset: number): void {
  body.cleanup = { outer: body.cleanup, offset, type: pointerTo({ kind: 'void' }), callee };
}
