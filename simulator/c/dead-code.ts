import type { Expression, Statement, Unit } from './ast.js';
import { isTarget, type Node, walk } from './walk.js';

/** Lines that no run reaches, because the configuration decides the `if` at `line` one way. */
export interface DeadCode {
  from: number;
  to: number;
  /** Of the `if`. */
  line: number;
}

/** What of a file's functions stands behind conditions that are numbers once macros are expanded. */
export function deadCode({ functions }: Pick<Unit, 'functions'>): DeadCode[] {
  const found: DeadCode[] = [];
  for (const { body } of functions) {
    found.push(...behindReturns(body));
    walk(body, (node) => {
      const statement = node as unknown as Statement;
      if (statement.kind === 'block') found.push(...behindReturns(statement.body));
      if (statement.kind === 'if') found.push(...branchOf(statement));
      return true;
    });
  }
  return found;
}

/** Lines of every `if` of which one outcome never comes, also where nothing is written for that. */
export function decidedIfs({ functions }: Pick<Unit, 'functions'>): number[] {
  const found: number[] = [];
  for (const { body } of functions)
    walk(body, (node) => {
      const statement = node as unknown as Statement;
      if (statement.kind === 'if' && truth(statement.test) !== undefined) found.push(statement.line);
      return true;
    });
  return found;
}

type If = Extract<Statement, { kind: 'if' }>;

function branchOf({ test, then, else: otherwise, line }: If): DeadCode[] {
  const value = truth(test);
  const branch = value === undefined ? undefined : value ? otherwise : then;
  return branch === undefined || isTarget(branch) ? [] : [{ ...linesOf([branch]), line }];
}

/** After `if (1) return;` up to where something could jump. */
function behindReturns(body: readonly Statement[]): DeadCode[] {
  const at = body.findIndex((each) => each.kind === 'if' && truth(each.test) === true && leaves(each.then));
  if (at < 0) return [];
  const end = body.findIndex((each, n) => n > at && isTarget(each));
  const rest = body.slice(at + 1, end < 0 ? undefined : end);
  return rest.length === 0 ? [] : [{ ...linesOf(rest), line: (body[at] as Statement).line }];
}

function leaves(statement: Statement): boolean {
  if (statement.kind === 'block') return statement.body.some(leaves);
  return ['return', 'goto', 'break', 'continue'].includes(statement.kind);
}

/** Conditions that are nested deeper are not looked into. */
const deepest = 100;

/** What a condition says whatever its other parts say; undefined where they decide. */
function truth(test: Expression, depth = 0): boolean | undefined {
  if (depth > deepest) return undefined;
  if (test.kind === 'number') return test.value !== 0n;
  if (test.kind === 'unary' && test.operator === '!') {
    const value = truth(test.a, depth + 1);
    return value === undefined ? undefined : !value;
  }
  if (test.kind !== 'binary' || (test.operator !== '&&' && test.operator !== '||')) return undefined;
  const decides = test.operator === '||';
  const [a, b] = [truth(test.a, depth + 1), truth(test.b, depth + 1)];
  if (a === decides || b === decides) return decides;
  return a === undefined || b === undefined ? undefined : !decides;
}

function linesOf(statements: readonly Statement[]): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  walk(statements, (node: Node) => {
    if (typeof node.line === 'number') {
      from = Math.min(from, node.line);
      to = Math.max(to, node.line);
    }
    return true;
  });
  return { from, to };
}
