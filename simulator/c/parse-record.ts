import type { Expression, Member, TypeName } from './ast.js';
import { noAttributes, skipAttributes } from './attribute.js';
import type { Cursor } from './cursor.js';
import { parseDeclarator } from './parse-declarator.js';
import { parseConditional } from './parse-expression.js';
import { parseSpecifiers } from './parse-type.js';
import { attributeCalls, typeOpeners, typeWords } from './words.js';

/** `struct tag { .. }`, with or without tag or members. */
export function parseRecord(c: Cursor): TypeName {
  const union = c.token.text === 'union';
  c.at += 1;
  const attributes = skipAttributes(c);
  const tag = parseTag(c);
  skipAttributes(c, attributes);
  const members = c.is('{') ? parseMembers(c) : undefined;
  if (members) skipAttributes(c, attributes);
  if (!members && tag === undefined) c.fail('struct without tag and members');
  const record = { kind: 'record', union, tag, members } as const;
  return attributes.packed ? { ...record, packed: true } : record;
}

function parseTag(c: Cursor): string | undefined {
  const { kind, text } = c.token;
  if (kind !== 'name') return undefined;
  c.at += 1;
  return text;
}

function parseMembers(c: Cursor): Member[] {
  c.expect('{');
  const members: Member[] = [];
  while (!c.accept('}')) {
    if (c.accept(';')) continue;
    if (c.is('_Static_assert') || c.is('static_assert')) {
      c.at += 1;
      c.skipBracket();
    } else if (isMacro(c)) c.fail(`unknown macro ${c.token.text}() in a struct`);
    else parseMemberLine(c, members);
  }
  return members;
}

/** A call where a member should begin, unless it is `typeof( )` or the brackets of a declarator. */
function isMacro(c: Cursor): boolean {
  const { kind, text } = c.token;
  if (kind !== 'name' || c.peek(1).text !== '(') return false;
  if (typeWords.has(text) || typeOpeners.has(text) || attributeCalls.has(text)) return false;
  return !(c.peek(2).text === '*' && c.isType(text));
}

/** Macros in a struct hide members: a layout without them would be a guess, so they fail before this. */
function parseMemberLine(c: Cursor, members: Member[]): void {
  const { type } = parseSpecifiers(c);
  if (type === undefined) c.fail('member without a type');
  if (c.accept(';')) {
    if (type.kind === 'record') members.push({ name: undefined, type, bits: undefined });
    return;
  }
  do members.push(parseMember(c, type));
  while (c.accept(','));
  c.expect(';');
}

function parseMember(c: Cursor, base: TypeName): Member {
  const declarator = c.is(':') ? undefined : parseDeclarator(c, base, 'named', noAttributes());
  const bits = c.accept(':') ? parseConditional(c) : undefined;
  skipAttributes(c);
  return { name: declarator?.name?.text, type: declarator?.type ?? base, bits };
}

/** `enum tag { A, B = 2 }`, with or without tag or items. */
export function parseEnum(c: Cursor): TypeName {
  c.at += 1;
  skipAttributes(c);
  const tag = parseTag(c);
  skipAttributes(c);
  if (!c.accept('{')) {
    if (tag === undefined) c.fail('enum without tag and items');
    return { kind: 'enum', tag, items: undefined };
  }
  const items: { name: string; value: Expression | undefined }[] = [];
  while (!c.accept('}')) {
    const { text } = c.expectName('a name');
    skipAttributes(c);
    items.push({ name: text, value: c.accept('=') ? parseConditional(c) : undefined });
    if (!c.accept(',') && !c.is('}')) c.fail("',' or '}' expected in an enum");
  }
  skipAttributes(c);
  return { kind: 'enum', tag, items };
}
