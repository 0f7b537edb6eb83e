import type { Expression, Statement } from './ast.js';
import { type Cursor, position, shortened } from './cursor.js';
import { parseDeclaration } from './parse-declaration.js';
import { parseConditional, parseExpression } from './parse-expression.js';
import { skipStars } from './parse-type.js';
import type { Token } from './token.js';
import { attributeWords, qualifiers, reservedWords, storageWords, typeOpeners, typeWords } from './words.js';

type Parser = (c: Cursor, word: Token) => Statement;

const keywords = new Map<string, Parser>([
  ['{', (c, word) => ({ kind: 'block', body: parseBlock(c), ...position(word) })],
  [';', parseEmpty],
  ['if', parseIf],
  ['while', parseWhile],
  ['do', parseDo],
  ['for', parseFor],
  ['switch', parseSwitch],
  ['case', parseCase],
  ['default', parseCase],
  ['goto', parseGoto],
  ['break', (c, word) => parseJump(c, word, 'break')],
  ['continue', (c, word) => parseJump(c, word, 'continue')],
  ['return', parseReturn],
  ['asm', parseAssembly],
  ['__asm__', parseAssembly],
  ['__asm', parseAssembly],
  ['__label__', parseLocalLabels],
]);

/** `{ .. }`, a scope. */
export function parseBlock(c: Cursor): Statement[] {
  const scope = c.openScope();
  c.expect('{');
  const body: Statement[] = [];
  while (!c.accept('}')) body.push(parseStatement(c));
  c.closeScope(scope);
  return body;
}

export function parseStatement(c: Cursor): Statement {
  c.enter();
  const word = c.token;
  const keyword = keywords.get(word.text);
  const statement = keyword ? keyword(c, word) : parseOther(c, word);
  c.leave();
  return statement;
}

function parseOther(c: Cursor, word: Token): Statement {
  if (word.kind === 'name') {
    const next = c.peek(1).text;
    if (next === ':') return parseLabel(c, word);
    if (word.text === 'fallthrough' && next === ';') return skipWords(c, word, 1);
    if (word.text === '__attribute__' && c.behindBracket(1).text === ';') return skipWords(c, word, 1);
    if (beginsDeclaration(c)) return parseDeclare(c, word);
  }
  return parseExpressionStatement(c, word);
}

/** `fallthrough;` and its attribute say nothing that runs. */
function skipWords(c: Cursor, word: Token, count: number): Statement {
  c.at += count;
  if (c.is('(')) c.skipBracket();
  return parseEmpty(c, word);
}

function parseEmpty(c: Cursor, word: Token): Statement {
  c.expect(';');
  return { kind: 'empty', ...position(word) };
}

/**
 * Whether a declaration begins here. A word of the language or a known type says so. Of unknown names: two in
 * a row (`foo_t x`), or a name, stars and a name that is declared (`foo_t *x =`): as an expression neither
 * would do anything.
 */
function beginsDeclaration(c: Cursor): boolean {
  const { text } = c.token;
  if (typeWords.has(text) || typeOpeners.has(text) || storageWords.has(text)) return true;
  if (text === '_Static_assert' || (text === 'static_assert' && c.peek(1).text === '(')) return true;
  if (text === '__extension__') return c.peek(1).kind === 'name' && !reservedWords.has(c.peek(1).text);
  if (text === '__attribute__' || attributeWords.has(text) || qualifiers.has(text)) return true;
  if (reservedWords.has(text) || c.isLocalValue(text)) return false;
  const next = c.peek(1);
  if (next.kind === 'name') return !reservedWords.has(next.text);
  if (next.text === '(') return c.isType(text) && c.peek(2).text === '*';
  if (next.text !== '*') return false;
  const { at } = skipStars(c, 1);
  if (c.peek(at).kind !== 'name') return c.isType(text) && c.peek(at).text === '(';
  return /^(;|=|,|\[)$/.test(c.peek(at + 1).text) || (c.isType(text) && c.peek(at + 1).kind === 'name');
}

/** A function declared inside a function is a macro that was not known, in front of a call. */
function parseDeclare(c: Cursor, word: Token): Statement {
  const doubtful = !typeWords.has(word.text) && !storageWords.has(word.text) && !c.isType(word.text);
  const declarations = parseDeclaration(c);
  if (doubtful && !typeOpeners.has(word.text) && declarations.some(({ kind }) => kind === 'prototype')) {
    c.fail(`unknown macro ${shortened(word)}`, word.line);
  }
  return { kind: 'declare', declarations, ...position(word) };
}

function parseExpressionStatement(c: Cursor, word: Token): Statement {
  const call = word.kind === 'name' && c.peek(1).text === '(' ? c.behindBracket(1) : undefined;
  const doubtful = call !== undefined && beginsBody(call, word.text);
  if (doubtful) c.fail(`unknown loop macro ${shortened(word)}()`, word.line);
  const value = parseExpression(c);
  c.expect(';');
  return { kind: 'expression', value, ...position(word) };
}

/**
 * Behind a call stands an operator or `;`. A brace or a further word is the body of a loop whose macro is not
 * known; behind a name that says "for each", so is anything but `;`.
 */
function beginsBody(behind: Token, name: string): boolean {
  if (behind.text === '{' || behind.kind === 'name') return true;
  return /for_?each/.test(name) && !/^(;|,|\)|\?|==|!=|<|>)$/.test(behind.text);
}

function parseBracketed(c: Cursor): Expression {
  c.expect('(');
  const value = parseExpression(c);
  c.expect(')');
  return value;
}

function parseIf(c: Cursor, word: Token): Statement {
  c.at += 1;
  const test = parseBracketed(c);
  const then = parseStatement(c);
  const otherwise = c.accept('else') ? parseStatement(c) : undefined;
  return { kind: 'if', test, then, else: otherwise, ...position(word) };
}

function parseWhile(c: Cursor, word: Token): Statement {
  c.at += 1;
  const test = parseBracketed(c);
  return { kind: 'while', test, body: parseStatement(c), ...position(word) };
}

function parseDo(c: Cursor, word: Token): Statement {
  c.at += 1;
  const body = parseStatement(c);
  c.expect('while');
  const test = parseBracketed(c);
  c.expect(';');
  return { kind: 'do', test, body, ...position(word) };
}

function parseFor(c: Cursor, word: Token): Statement {
  c.at += 1;
  const scope = c.openScope();
  c.expect('(');
  const first = parseFirst(c);
  const test = c.is(';') ? undefined : parseExpression(c);
  c.expect(';');
  const step = c.is(')') ? undefined : parseExpression(c);
  c.expect(')');
  const body = parseStatement(c);
  c.closeScope(scope);
  return { kind: 'for', first, test, step, body, ...position(word) };
}

function parseFirst(c: Cursor): Statement | undefined {
  const word = c.token;
  if (c.accept(';')) return undefined;
  if (word.kind === 'name' && beginsDeclaration(c)) return parseDeclare(c, word);
  const value = parseExpression(c);
  c.expect(';');
  return { kind: 'expression', value, ...position(word) };
}

function parseSwitch(c: Cursor, word: Token): Statement {
  c.at += 1;
  const value = parseBracketed(c);
  return { kind: 'switch', value, body: parseStatement(c), ...position(word) };
}

/** `case a:`, GNU's `case a ... b:`, and `default:`. */
function parseCase(c: Cursor, word: Token): Statement {
  c.at += 1;
  const value = word.text === 'case' ? parseConditional(c) : undefined;
  const to = value && c.accept('...') ? parseConditional(c) : undefined;
  c.expect(':');
  return { kind: 'case', value, to, body: parseLabelled(c), ...position(word) };
}

function parseLabel(c: Cursor, word: Token): Statement {
  c.at += 2;
  while (attributeWords.has(c.token.text)) c.at += 1;
  return { kind: 'label', name: word.text, body: parseLabelled(c), ...position(word) };
}

/** A label may be the last thing in a block. */
function parseLabelled(c: Cursor): Statement {
  return c.is('}') ? { kind: 'empty', ...position(c.token) } : parseStatement(c);
}

function parseGoto(c: Cursor, word: Token): Statement {
  c.at += 1;
  if (c.is('*')) c.fail('computed goto', word.line);
  const label = c.expectName('a label').text;
  c.expect(';');
  return { kind: 'goto', label, ...position(word) };
}

function parseJump(c: Cursor, word: Token, kind: 'break' | 'continue'): Statement {
  c.at += 1;
  c.expect(';');
  return { kind, ...position(word) };
}

function parseReturn(c: Cursor, word: Token): Statement {
  c.at += 1;
  const value = c.is(';') ? undefined : parseExpression(c);
  c.expect(';');
  return { kind: 'return', value, ...position(word) };
}

function parseAssembly(c: Cursor, word: Token): Statement {
  c.at += 1;
  while (/^(volatile|__volatile__|__volatile|goto|inline|__inline__|__inline)$/.test(c.token.text)) c.at += 1;
  c.skipBracket();
  c.expect(';');
  return { kind: 'asm', ...position(word) };
}

/** `__label__ a, b;` only limits where the labels may be used. */
function parseLocalLabels(c: Cursor, word: Token): Statement {
  do c.at += 1;
  while (!c.is(';') && c.token.kind !== 'end');
  return parseEmpty(c, word);
}
