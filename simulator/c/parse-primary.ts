import type { Designator, Expression } from './ast.js';
import { type Cursor, nameNode, position, shortened } from './cursor.js';
import { readCharacter, readNumber, readString } from './literal.js';
import { parseAssignment, parseExpression } from './parse-expression.js';
import { parseBlock } from './parse-statement.js';
import { parseTypeName } from './parse-type.js';
import type { Token } from './token.js';
import { reservedWords, typeOpeners, typeWords } from './words.js';

type Builtin = (c: Cursor, name: Token) => Expression;

/** Built-in functions that take types, which calls cannot. */
const builtins = new Map<string, Builtin>([
  ['__builtin_offsetof', parseOffsetof],
  ['offsetof', parseOffsetof],
  ['__builtin_types_compatible_p', parseTypesCompatible],
  ['__builtin_choose_expr', parseChooseExpr],
  ['_Generic', parseGeneric],
  ['__builtin_va_arg', refuseVariableArguments],
  ['va_arg', refuseVariableArguments],
]);

/** A name, a literal, or something in brackets. */
export function parsePrimary(c: Cursor): Expression {
  const token = c.token;
  switch (token.kind) {
    case 'name':
      return parseName(c, token);
    case 'number':
    case 'char':
      c.at += 1;
      return literal(c, token);
    case 'string':
      return parseStrings(c);
    default:
      if (token.text === '(') return parseBrackets(c);
      return c.fail(`expression expected, not '${shortened(token)}'`);
  }
}

function parseName(c: Cursor, token: Token): Expression {
  const builtin = builtins.get(token.text);
  if (builtin !== undefined && c.peek(1).text === '(') {
    c.at += 1;
    return builtin(c, token);
  }
  if (isStringMacro(c)) return parseStrings(c);
  if (token.text === '__func__' || token.text === '__FUNCTION__' || token.text === '__PRETTY_FUNCTION__') {
    c.at += 1;
    return { kind: 'string', value: c.functionName, ...position(token) };
  }
  if (typeWords.has(token.text) || typeOpeners.has(token.text))
    c.fail(`type ${token.text} where a value is expected`);
  if (reservedWords.has(token.text)) c.fail(`expression expected, not '${token.text}'`);
  c.at += 1;
  return nameNode(token);
}

function literal(c: Cursor, token: Token): Expression {
  const read = token.kind === 'number' ? readNumber(token.text) : readCharacter(token.text);
  if ('reason' in read) c.fail(read.reason, token.line);
  return { kind: 'number', value: read.value, type: read.type, ...position(token) };
}

/**
 * Neighbouring strings are one. A capital name among them (`KERN_INFO "text"`, `"%" PRIx64`) is a macro for
 * a string that nobody defined; no string here decides anything, so it is left out.
 */
function parseStrings(c: Cursor): Expression {
  const first = c.token;
  const parts: string[] = [];
  for (; isPartOfString(c); c.at += 1) {
    if (c.token.kind === 'name') parts.push(c.is('__func__') ? c.functionName : '');
    else parts.push(readString(c.token.text) ?? c.fail('string with an unknown escape'));
  }
  return { kind: 'string', value: parts.join(''), ...position(first) };
}

function isPartOfString(c: Cursor): boolean {
  const { kind, text } = c.token;
  return kind === 'string' || (kind === 'name' && (isStringMacro(c) || text === '__func__'));
}

function isStringMacro(c: Cursor): boolean {
  return /^[A-Z][A-Za-z0-9_]*$/.test(c.token.text) && c.peek(1).kind === 'string';
}

/** `( expression )` and the statement expression `({ .. })`. */
function parseBrackets(c: Cursor): Expression {
  const open = c.expect('(');
  if (c.is('{')) {
    const body = parseBlock(c);
    c.expect(')');
    return { kind: 'statements', body, ...position(open) };
  }
  const value = parseExpression(c);
  c.expect(')');
  return value;
}

function parseOffsetof(c: Cursor, name: Token): Expression {
  c.expect('(');
  const type = parseTypeName(c);
  c.expect(',');
  const path: Designator[] = [{ member: c.expectName('a member').text }];
  for (;;) {
    if (c.accept('.')) path.push({ member: c.expectName('a member').text });
    else if (c.accept('[')) {
      path.push({ index: parseExpression(c) });
      c.expect(']');
    } else break;
  }
  c.expect(')');
  return { kind: 'offsetof', type, path, ...position(name) };
}

function parseTypesCompatible(c: Cursor, name: Token): Expression {
  c.expect('(');
  const a = parseTypeName(c);
  c.expect(',');
  const b = parseTypeName(c);
  c.expect(')');
  return { kind: 'typesCompatible', a, b, ...position(name) };
}

function parseChooseExpr(c: Cursor, name: Token): Expression {
  c.expect('(');
  const test = parseAssignment(c);
  c.expect(',');
  const then = parseAssignment(c);
  c.expect(',');
  const otherwise = parseAssignment(c);
  c.expect(')');
  return { kind: 'chooseExpr', test, then, else: otherwise, ...position(name) };
}

function parseGeneric(c: Cursor, name: Token): Expression {
  c.expect('(');
  const control = parseAssignment(c);
  const choices: Extract<Expression, { kind: 'generic' }>['choices'] = [];
  while (c.accept(',')) {
    const type = c.accept('default') ? undefined : parseTypeName(c);
    c.expect(':');
    choices.push({ type, value: parseAssignment(c) });
  }
  c.expect(')');
  return { kind: 'generic', control, choices, ...position(name) };
}

function refuseVariableArguments(c: Cursor): Expression {
  return c.fail('variable arguments are not modelled');
}
