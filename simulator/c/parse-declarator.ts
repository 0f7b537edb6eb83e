import type { Expression, Parameter, TypeName } from './ast.js';
import { type Attributes, noAttributes, skipAttributes } from './attribute.js';
import { type Cursor, shortened } from './cursor.js';
import { parseExpression } from './parse-expression.js';
import { parseSpecifiers } from './parse-type.js';
import type { Token } from './token.js';
import { attributeCalls, attributeWords, qualifiers, reservedWords } from './words.js';

/** A declared name with its type. */
export interface Declarator {
  name: Token | undefined;
  type: TypeName;
}

/**
 * Reads `*name[3](int)` and the like around `base`. `named`: there must be a name; `abstract`: there must be
 * none; `either`: a parameter.
 */
export function parseDeclarator(
  c: Cursor,
  base: TypeName,
  form: 'named' | 'abstract' | 'either',
  attributes: Attributes = noAttributes(),
): Declarator {
  c.enter();
  const pointed = parsePointers(c, base, attributes);
  const result = isNested(c) ? parseNested(c, pointed, form, attributes) : parseDirect(c, pointed, form);
  c.leave();
  return result;
}

function parsePointers(c: Cursor, base: TypeName, attributes: Attributes): TypeName {
  let type = base;
  let stars = 0;
  for (;;) {
    skipAttributes(c, attributes);
    if (c.accept('*')) {
      type = { kind: 'pointer', to: type };
      stars += 1;
      if (stars > 20) c.fail('pointers nested over the limit');
    } else if (qualifiers.has(c.token.text)) c.at += 1;
    else return type;
  }
}

/** A bracket around a declarator, not around parameters: it begins with `*`, a bracket, or a name that is no type. */
function isNested(c: Cursor): boolean {
  if (!c.is('(')) return false;
  const next = c.peek(1);
  if (next.text === '*' || next.text === '(') return true;
  if (next.kind !== 'name') return false;
  if (attributeWords.has(next.text) || attributeCalls.has(next.text)) return true;
  return c.peek(2).text === ')' && c.behindBracket(0).text === '(' && !c.isType(next.text);
}

/** What stands behind the brackets applies first, so the inside is read last. */
function parseNested(
  c: Cursor,
  base: TypeName,
  form: 'named' | 'abstract' | 'either',
  attributes: Attributes,
): Declarator {
  const inside = c.at + 1;
  c.skipBracket();
  const type = parseSuffixes(c, base);
  const behind = c.at;
  c.at = inside;
  const result = parseDeclarator(c, type, form, attributes);
  c.expect(')');
  c.at = behind;
  return result;
}

function parseDirect(c: Cursor, base: TypeName, form: 'named' | 'abstract' | 'either'): Declarator {
  const token = c.token;
  const isName = token.kind === 'name' && !reservedWords.has(token.text);
  if (form === 'named' && !isName) c.fail(`a name expected, not '${shortened(token)}'`);
  const name = isName && form !== 'abstract' ? token : undefined;
  if (name) c.at += 1;
  return { name, type: parseSuffixes(c, base) };
}

function parseSuffixes(c: Cursor, base: TypeName): TypeName {
  if (c.is('[')) {
    c.enter();
    const length = parseLength(c);
    const of = parseSuffixes(c, base);
    c.leave();
    return { kind: 'array', of, length };
  }
  if (!c.is('(')) return base;
  const { parameters, variadic } = parseParameters(c);
  c.enter();
  const result = parseSuffixes(c, base);
  c.leave();
  return { kind: 'function', result, parameters, variadic };
}

function parseLength(c: Cursor): Expression | undefined {
  c.expect('[');
  while (qualifiers.has(c.token.text) || c.is('static')) c.at += 1;
  const length = c.is(']') ? undefined : parseExpression(c);
  c.expect(']');
  return length;
}

/** `(void)` and `()` take nothing. Arrays and functions as parameters are pointers, as C has it. */
function parseParameters(c: Cursor): { parameters: Parameter[]; variadic: boolean } {
  c.expect('(');
  const parameters: Parameter[] = [];
  if (c.accept(')')) return { parameters, variadic: false };
  if (c.is('void') && c.peek(1).text === ')') {
    c.at += 2;
    return { parameters, variadic: false };
  }
  for (;;) {
    if (c.accept('...')) {
      c.expect(')');
      return { parameters, variadic: true };
    }
    parameters.push(parseParameter(c));
    if (c.accept(')')) return { parameters, variadic: false };
    c.expect(',');
  }
}

function parseParameter(c: Cursor): Parameter {
  const specifiers = parseSpecifiers(c);
  if (specifiers.type === undefined) c.fail('parameter without a type');
  const { name, type } = parseDeclarator(c, specifiers.type!, 'either');
  skipAttributes(c);
  return { name: name?.text, type: decayed(type) };
}

function decayed(type: TypeName): TypeName {
  if (type.kind === 'array') return { kind: 'pointer', to: type.of };
  return type.kind === 'function' ? { kind: 'pointer', to: type } : type;
}
