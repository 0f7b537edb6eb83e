import type { Declaration, Initialiser, TypeName } from './ast.js';
import { noAttributes, skipTrailingAttributes } from './attribute.js';
import { type Cursor, position } from './cursor.js';
import { readString } from './literal.js';
import { type Declarator, parseDeclarator } from './parse-declarator.js';
import { parseConditional } from './parse-expression.js';
import { parseInitialiser } from './parse-initialiser.js';
import { parseSpecifiers, type Specifiers } from './parse-type.js';
import type { Token } from './token.js';

/** A whole declaration with its semicolon. */
export function parseDeclaration(c: Cursor): Declaration[] {
  if (c.is('_Static_assert') || c.is('static_assert')) return [parseAssert(c)];
  const first = c.token;
  const specifiers = parseSpecifiers(c);
  if (c.accept(';')) return typeAlone(specifiers, first);
  return parseDeclarators(c, specifiers, parseNamed(c, specifiers));
}

/** `struct a { .. };` declares a type and nothing else. */
export function typeAlone({ type }: Specifiers, first: Token): Declaration[] {
  return type === undefined ? [] : [{ kind: 'type', type, ...position(first) }];
}

/** A declarator with its own attributes. */
export interface Named extends Declarator {
  name: Token;
  cleanup: string | undefined;
}

/** The name is known from here on, its own initialiser included. */
export function parseNamed(c: Cursor, specifiers: Specifiers): Named {
  refuseMacro(c, specifiers);
  const attributes = noAttributes();
  const auto: TypeName = { kind: 'builtin', name: 'i32' };
  const { name, type } = parseDeclarator(c, specifiers.type ?? auto, 'named', attributes);
  skipTrailingAttributes(c, attributes);
  if (specifiers.storage === 'typedef') c.declareType(name!.text);
  else if (c.functionName !== '') c.declareValue(name!.text);
  return { name: name!, type, cleanup: attributes.cleanup ?? specifiers.cleanup };
}

/** `static NAME(..)`: a macro that declares something unknown has been read as the type. */
function refuseMacro(c: Cursor, { type }: Specifiers): void {
  if (type?.kind !== 'typedef' || !c.is('(') || c.peek(1).text === '*') return;
  if (!c.isType(type.name)) c.fail(`unknown macro ${type.name}() as a declaration`);
}

/** The declarators from `first`, which was read, to the semicolon. */
export function parseDeclarators(c: Cursor, specifiers: Specifiers, first: Named): Declaration[] {
  const declarations: Declaration[] = [];
  for (let named = first; ; named = parseNamed(c, specifiers)) {
    declarations.push(finish(c, specifiers, named));
    if (c.accept(';')) return declarations;
    if (!c.accept(',')) c.expect(';');
  }
}

function finish(c: Cursor, specifiers: Specifiers, named: Named): Declaration {
  const { cleanup, type } = named;
  const name = named.name.text;
  const at = position(named.name);
  if (specifiers.storage === 'typedef') return { kind: 'typedef', name, type, ...at };
  if (type.kind === 'function') return { kind: 'prototype', name, type, ...at };
  const initialiser = c.accept('=') ? parseInitialiser(c) : undefined;
  const known = specifiers.type === undefined ? typeOfInitialiser(c, initialiser) : type;
  return { kind: 'variable', name, type: known, storage: specifiers.storage, initialiser, cleanup, ...at };
}

/** `__auto_type x = v` is `typeof(v) x = v`. */
function typeOfInitialiser(c: Cursor, initialiser: Initialiser | undefined): TypeName {
  if (initialiser?.kind !== 'value') return c.fail('__auto_type without a value');
  return { kind: 'typeof', of: initialiser.value };
}

function parseAssert(c: Cursor): Declaration {
  const word = c.token;
  c.at += 1;
  c.expect('(');
  const test = parseConditional(c);
  let text = '';
  if (c.accept(',')) for (; c.token.kind === 'string'; c.at += 1) text += readString(c.token.text) ?? '';
  c.expect(')');
  c.expect(';');
  return { kind: 'assert', test, text, ...position(word) };
}
