import type { FunctionDefinition, TypeName } from './ast.js';
import { type Attributes, acceptAttribute, acceptUnknownAttribute } from './attribute.js';
import { type Cursor, shortened } from './cursor.js';
import { ownWord, ownWords, readOwn } from './own-words.js';
import { parseDeclarator } from './parse-declarator.js';
import { parseExpression } from './parse-expression.js';
import { parseEnum, parseRecord } from './parse-record.js';
import type { Token } from './token.js';
import {
  attributeCalls,
  attributeWords,
  qualifiers,
  reservedWords,
  storageWords,
  typeOpeners,
  typeWords,
} from './words.js';

/** The words in front of a declarator. */
export interface Specifiers extends Attributes {
  /** Undefined: `__auto_type`, which the initialiser tells. */
  type: TypeName | undefined;
  storage: 'auto' | 'static' | 'extern' | 'typedef';
  inline: boolean;
  step: FunctionDefinition['step'];
  instead: boolean;
  otherwise: boolean;
}

/**
 * Reads specifiers. An unknown name is the type when none was read yet; a word spelled like an attribute in
 * front of further words is skipped.
 */
export function parseSpecifiers(c: Cursor): Specifiers {
  c.enter();
  const found: Specifiers = {
    type: undefined,
    storage: 'auto',
    inline: false,
    step: 'plain',
    instead: false,
    otherwise: false,
    cleanup: undefined,
    packed: false,
  };
  const words: string[] = [];
  while (c.token.kind === 'name' && acceptSpecifier(c, found, words));
  c.leave();
  if (words.length > 0 && !(words.length === 1 && isAuto(words[0]!))) found.type = arithmeticType(words);
  else if (found.type === undefined && words.length === 0)
    c.fail(`type expected, not '${shortened(c.token)}'`);
  return found;
}

function isAuto(word: string): boolean {
  return word === '__auto_type' || word === 'auto';
}

/** Reads one word, or gives false when the declarator begins. */
function acceptSpecifier(c: Cursor, found: Specifiers, words: string[]): boolean {
  const { text } = c.token;
  if (qualifiers.has(text)) c.at += 1;
  else if (storageWords.has(text)) acceptStorage(c, found, words);
  else if (acceptAttribute(c, found)) return true;
  else if (typeWords.has(text)) {
    words.push(text);
    c.at += 1;
  } else if (typeOpeners.has(text)) found.type = parseOpenedType(c, text);
  else if (dialectWords.has(text) && c.peek(1).kind === 'name') {
    const word = ownWord(text);
    if (word === 'atomic' || word === 'fused') found.step = word;
    else if (word === 'instead') found.instead = true;
    else found.otherwise = true;
    c.at += 1;
  } else return acceptNamedType(c, found, words);
  return true;
}

const dialectWords = new Set(
  ['atomic', 'fused', 'instead', 'otherwise'].map((word) => readOwn(word, ownWords)),
);

function acceptStorage(c: Cursor, found: Specifiers, words: string[]): void {
  const { text } = c.token;
  if (text === 'static' || text === 'extern' || text === 'typedef') found.storage = text;
  else if (text.includes('inline')) found.inline = true;
  else if (text === 'auto' && c.peek(1).kind === 'name' && !isTypeWord(c, c.peek(1))) words.push(text);
  c.at += 1;
}

function isTypeWord(c: Cursor, token: Token): boolean {
  return typeWords.has(token.text) || typeOpeners.has(token.text) || c.isType(token.text);
}

function acceptNamedType(c: Cursor, found: Specifiers, words: string[]): boolean {
  const typed = found.type !== undefined || words.length > 0;
  if (acceptUnknownAttribute(c, typed)) return true;
  if (typed || reservedWords.has(c.token.text)) return false;
  found.type = { kind: 'typedef', name: c.token.text };
  c.at += 1;
  return true;
}

function parseOpenedType(c: Cursor, word: string): TypeName {
  if (word === 'struct' || word === 'union') return parseRecord(c);
  if (word === 'enum') return parseEnum(c);
  return parseTypeof(c);
}

function parseTypeof(c: Cursor): TypeName {
  c.at += 1;
  const isType = looksLikeTypeInBrackets(c, false);
  c.expect('(');
  const of = isType ? parseTypeName(c) : parseExpression(c);
  c.expect(')');
  return { kind: 'typeof', of };
}

/** The type that `unsigned long int` and the like spell, in whatever order. */
function arithmeticType(words: string[]): TypeName {
  const has = (word: string) => words.includes(word);
  const unsigned = has('unsigned');
  if (has('void')) return { kind: 'builtin', name: 'void' };
  if (has('_Bool') || has('bool')) return { kind: 'builtin', name: 'bool' };
  if (has('float') || has('double') || has('_Complex')) return { kind: 'builtin', name: 'float' };
  if (has('__int128') || has('__int128_t') || has('__uint128_t'))
    return { kind: 'typedef', name: '__int128' };
  if (has('char')) return { kind: 'builtin', name: unsigned ? 'u8' : 'i8' };
  if (has('short')) return { kind: 'builtin', name: unsigned ? 'u16' : 'i16' };
  if (has('long')) return { kind: 'builtin', name: unsigned ? 'u64' : 'i64' };
  return { kind: 'builtin', name: unsigned ? 'u32' : 'i32' };
}

/** A type without a name, as in casts and `sizeof`. */
export function parseTypeName(c: Cursor): TypeName {
  const { type } = parseSpecifiers(c);
  if (type === undefined) return c.fail('type expected');
  return parseDeclarator(c, type, 'abstract').type;
}

/**
 * Whether the bracket that opens here holds a type. Without headers a name is taken for one when it is known
 * to be one; when nothing but `*` stands between it and the closing bracket; when it ends in `_t` and is no
 * local variable; or when a braced list follows the brackets. With `operand`, a name that is only spelled
 * like a type must be followed by something to cast.
 */
export function looksLikeTypeInBrackets(c: Cursor, operand = true): boolean {
  const { kind, text } = c.peek(1);
  if (kind !== 'name') return false;
  if (typeWords.has(text) || typeOpeners.has(text) || storageWords.has(text)) return true;
  if (text === '__extension__') return false;
  if (qualifiers.has(text) || attributeWords.has(text)) return true;
  if (attributeCalls.has(text) && text !== '__free' && c.peek(2).text === '(') return true;
  if (c.isLocalValue(text)) return false;
  const { stars, at } = skipStars(c, 2);
  const next = c.peek(at);
  if (next.text !== ')')
    return c.isType(text) && (next.text === '[' || (next.text === '(' && c.peek(at + 1).text === '*'));
  if (stars > 0 || c.isType(text) || c.peek(at + 1).text === '{') return true;
  return text.endsWith('_t') && (!operand || beginsOperand(c.peek(at + 1)));
}

/** Counts the `*` from `distance` on, with qualifiers and attributes among them. */
export function skipStars(c: Cursor, distance: number): { stars: number; at: number } {
  let stars = 0;
  let at = distance;
  for (; ; at += 1) {
    const { text } = c.peek(at);
    if (text === '*') stars += 1;
    else if (!qualifiers.has(text) && !attributeWords.has(text)) return { stars, at };
  }
}

function beginsOperand(token: Token): boolean {
  if (token.kind === 'punctuator')
    return ['(', '~', '!', '-', '+', '*', '&', '++', '--'].includes(token.text);
  return token.kind !== 'end' && !(reservedWords.has(token.text) && token.text !== 'sizeof');
}
