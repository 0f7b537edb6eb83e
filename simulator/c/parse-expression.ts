import type { Expression } from './ast.js';
import { type Cursor, position } from './cursor.js';
import { parseInitialiserList } from './parse-initialiser.js';
import { parsePrimary } from './parse-primary.js';
import { looksLikeTypeInBrackets, parseTypeName } from './parse-type.js';
import { typeOpeners, typeWords } from './words.js';

const levels = new Map<string, number>([
  ['||', 1],
  ['&&', 2],
  ['|', 3],
  ['^', 4],
  ['&', 5],
  ['==', 6],
  ['!=', 6],
  ['<', 7],
  ['>', 7],
  ['<=', 7],
  ['>=', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['/', 10],
  ['%', 10],
]);

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);

/** What an assignment may go to. A call is one: an unknown macro such as `per_cpu(x, cpu) = 1`. */
const places = new Set([
  'name',
  'member',
  'index',
  'call',
  'compound',
  'chooseExpr',
  'generic',
  'conditional',
  'cast',
]);

/** An expression with commas. */
export function parseExpression(c: Cursor): Expression {
  let a = parseAssignment(c);
  while (c.is(',')) {
    const comma = c.token;
    c.at += 1;
    c.link();
    a = { kind: 'binary', operator: ',', a, b: parseAssignment(c), ...position(comma) };
  }
  return a;
}

/** An expression without commas outside brackets. */
export function parseAssignment(c: Cursor): Expression {
  c.enter();
  const a = parseConditional(c);
  const operator = c.token;
  let result = a;
  if (assignments.has(operator.text)) {
    requirePlace(c, a);
    c.at += 1;
    result = { kind: 'assign', operator: operator.text, a, b: parseAssignment(c), ...position(operator) };
  }
  c.leave();
  return result;
}

/** Whatever cannot be assigned to was no assignment: an unknown macro before it misled the parser. */
function requirePlace(c: Cursor, a: Expression): void {
  const place = places.has(a.kind) || (a.kind === 'unary' && a.operator === '*');
  if (!place) c.fail('assignment to something that is no variable');
}

/** `a ? b : c` and GNU's `a ?: c`. */
export function parseConditional(c: Cursor): Expression {
  const test = parseBinary(c, 1);
  const question = c.token;
  if (!c.accept('?')) return test;
  c.enter();
  const then = c.is(':') ? undefined : parseExpression(c);
  c.expect(':');
  const otherwise = parseConditional(c);
  c.leave();
  return { kind: 'conditional', test, then, else: otherwise, ...position(question) };
}

function parseBinary(c: Cursor, lowest: number): Expression {
  let a = parseUnary(c);
  for (;;) {
    const operator = c.token;
    const level = operator.kind === 'punctuator' ? levels.get(operator.text) : undefined;
    if (level === undefined || level < lowest) return a;
    c.link();
    c.at += 1;
    const b = parseBinary(c, level + 1);
    a = { kind: 'binary', operator: operator.text, a, b, file: operator.file, line: operator.line };
  }
}

/** Prefix operators, casts, and what they apply to. */
function parseUnary(c: Cursor): Expression {
  c.enter();
  const result = parsePrefixed(c, c.token);
  c.leave();
  return result;
}

function parsePrefixed(c: Cursor, token: { text: string; file: string; line: number }): Expression {
  switch (token.text) {
    case '-':
    case '+':
    case '~':
    case '!':
    case '*':
    case '&':
      c.at += 1;
      return { kind: 'unary', operator: token.text, a: parseUnary(c), file: token.file, line: token.line };
    case '++':
    case '--': {
      c.at += 1;
      const by = token.text === '++' ? 1 : -1;
      return { kind: 'increment', by, prefix: true, a: parseUnary(c), file: token.file, line: token.line };
    }
    case '&&':
      c.at += 1;
      return {
        kind: 'labelAddress',
        label: c.expectName('a label').text,
        file: token.file,
        line: token.line,
      };
    case '__extension__':
      c.at += 1;
      return parseUnary(c);
    case 'sizeof':
    case '_Alignof':
    case '__alignof__':
    case '__alignof':
      return parseSizeof(c);
    case '(':
      return looksLikeTypeInBrackets(c) ? parseCast(c) : parsePostfix(c, parsePrimary(c));
    default:
      return parsePostfix(c, parsePrimary(c));
  }
}

function parseSizeof(c: Cursor): Expression {
  const word = c.token;
  c.at += 1;
  const align = word.text !== 'sizeof';
  if (!c.is('(') || !looksLikeTypeInBrackets(c)) {
    return { kind: 'sizeof', of: parseUnary(c), align, ...position(word) };
  }
  if (c.behindBracket(0).text === '{') return { kind: 'sizeof', of: parseUnary(c), align, ...position(word) };
  return { kind: 'sizeof', of: parseTypeInBrackets(c), align, ...position(word) };
}

/** `(type) value`, or the compound literal `(type) { .. }`. */
function parseCast(c: Cursor): Expression {
  const open = c.token;
  const type = parseTypeInBrackets(c);
  if (!c.is('{')) return { kind: 'cast', type, a: parseUnary(c), ...position(open) };
  const initialiser = parseInitialiserList(c);
  return parsePostfix(c, { kind: 'compound', type, initialiser, ...position(open) });
}

function parseTypeInBrackets(c: Cursor) {
  c.expect('(');
  const type = parseTypeName(c);
  c.expect(')');
  return type;
}

/** Calls, indices, members and `++` behind a value. */
function parsePostfix(c: Cursor, first: Expression): Expression {
  let a = first;
  for (;;) {
    const token = c.token;
    if (token.kind !== 'punctuator') return a;
    const next = parseSuffix(c, a, token);
    if (next === undefined) return a;
    c.link();
    a = next;
  }
}

function parseSuffix(
  c: Cursor,
  a: Expression,
  token: { text: string; file: string; line: number },
): Expression | undefined {
  const { file, line } = token;
  switch (token.text) {
    case '(':
      return { kind: 'call', callee: a, args: parseArguments(c, a), file, line };
    case '[': {
      c.at += 1;
      const index = parseExpression(c);
      c.expect(']');
      return { kind: 'index', a, index, file, line };
    }
    case '.':
    case '->':
      c.at += 1;
      return {
        kind: 'member',
        a,
        name: c.expectName('a member').text,
        arrow: token.text === '->',
        file,
        line,
      };
    case '++':
    case '--':
      c.at += 1;
      return { kind: 'increment', by: token.text === '++' ? 1 : -1, prefix: false, a, file, line };
    default:
      return undefined;
  }
}

function parseArguments(c: Cursor, callee: Expression): Expression[] {
  c.expect('(');
  const args: Expression[] = [];
  if (c.accept(')')) return args;
  do {
    if (c.token.kind === 'name' && isTypeWord(c.token.text)) refuseType(c, callee);
    args.push(parseAssignment(c));
  } while (c.accept(','));
  c.expect(')');
  return args;
}

function isTypeWord(text: string): boolean {
  return typeWords.has(text) || typeOpeners.has(text);
}

function refuseType(c: Cursor, callee: Expression): never {
  const name = callee.kind === 'name' ? callee.name : 'call';
  return c.fail(`unknown macro ${name}() with a type as argument`);
}
