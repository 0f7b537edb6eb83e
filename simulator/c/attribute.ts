import type { Cursor } from './cursor.js';
import type { Token } from './token.js';
import { attributeCalls, attributeWords, qualifiers, storageWords, typeOpeners, typeWords } from './words.js';

/** The attributes that mean something here. */
export interface Attributes {
  /** The function of `cleanup(f)`. */
  cleanup: string | undefined;
  packed: boolean;
}

export function noAttributes(): Attributes {
  return { cleanup: undefined, packed: false };
}

/** Reads one attribute, if one stands here, into `into`. */
export function acceptAttribute(c: Cursor, into: Attributes): boolean {
  const { text, kind } = c.token;
  if (kind !== 'name') return false;
  if (attributeWords.has(text)) {
    if (text === '__packed') into.packed = true;
    c.at += 1;
    return true;
  }
  if (!attributeCalls.has(text) || c.peek(1).text !== '(') return false;
  readArguments(c, text, into);
  return true;
}

/** Reads all attributes that stand here, in front of or behind a declarator. */
export function skipAttributes(c: Cursor, into: Attributes = noAttributes()): Attributes {
  for (;;) {
    if (acceptAttribute(c, into)) continue;
    if (isAssembly(c.token) && c.peek(1).text === '(') {
      c.at += 1;
      c.skipBracket();
    } else return into;
  }
}

/**
 * Behind a declarator also what is merely spelled like an attribute is one, when the declaration goes on
 * or ends behind it: nothing else may stand there.
 */
export function skipTrailingAttributes(c: Cursor, into: Attributes): void {
  for (skipAttributes(c, into); spelledLikeAttribute(c.token); skipAttributes(c, into)) {
    c.at += 1;
    if (c.is('(')) c.skipBracket();
  }
}

/**
 * An unknown attribute among the words of a declaration: spelled like one (`__x`, `X_Y`), and a further word
 * follows where, were it the type or the name, none could. `typed`: the type was already read.
 */
export function acceptUnknownAttribute(c: Cursor, typed: boolean): boolean {
  if (!spelledLikeAttribute(c.token) || c.isType(c.token.text)) return false;
  const call = c.peek(1).text === '(';
  let ahead = call ? c.closingOf(c.at + 1) + 1 - c.at : 1;
  if (ahead <= 0) return false;
  while (qualifiers.has(c.peek(ahead).text)) ahead += 1;
  if (!continuesSpecifiers(c, c.peek(ahead), c.peek(ahead + 1), typed)) return false;
  c.at += 1;
  if (call) c.skipBracket();
  return true;
}

/** Whether `next` and the token behind it leave no room for the word before them to be the type or the name. */
function continuesSpecifiers(c: Cursor, next: Token, behind: Token, typed: boolean): boolean {
  const { kind, text } = next;
  if (kind !== 'name') return typed && text === '*';
  if (attributeWords.has(text) || attributeCalls.has(text)) return typed && behind.kind === 'name';
  if (typed || typeWords.has(text) || typeOpeners.has(text) || storageWords.has(text)) return true;
  return c.isType(text) || behind.kind === 'name' || behind.text === '*';
}

function spelledLikeAttribute(token: Token): boolean {
  return token.kind === 'name' && /^(__\w+|[A-Z][A-Z0-9_]+)$/.test(token.text);
}

function isAssembly(token: Token): boolean {
  return token.text === 'asm' || token.text === '__asm__' || token.text === '__asm';
}

/** The kernel's `__free(name)` runs the clean-up function that is called `__free_name`. */
function readArguments(c: Cursor, attribute: string, into: Attributes): void {
  c.at += 1;
  const from = c.at;
  c.skipBracket();
  const first = c.tokens[from + 1]!;
  if (attribute === '__cleanup') into.cleanup = first.text;
  else if (attribute === '__free') into.cleanup = `__free_${first.text}`;
  for (let at = from; at < c.at; at += 1) {
    const { text } = c.tokens[at]!;
    if (text === 'cleanup' || text === '__cleanup__') into.cleanup = c.tokens[at + 2]!.text;
    if (text === 'packed' || text === '__packed__') into.packed = true;
  }
}
