import type { Designator, Initialiser } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseAssignment, parseConditional } from './parse-expression.js';

/** What stands behind the `=` of a declaration. */
export function parseInitialiser(c: Cursor): Initialiser {
  return c.is('{') ? parseInitialiserList(c) : { kind: 'value', value: parseAssignment(c) };
}

/** `{ .a = 1, [2 ... 3] = 4, old: 5, { 6 } }`. */
export function parseInitialiserList(c: Cursor): Initialiser {
  c.enter();
  c.expect('{');
  const items: { at: Designator[]; value: Initialiser }[] = [];
  while (!c.accept('}')) {
    items.push({ at: parseDesignators(c), value: parseInitialiser(c) });
    if (!c.accept(',') && !c.is('}')) c.fail("',' or '}' expected in an initialiser");
  }
  c.leave();
  return { kind: 'list', items };
}

function parseDesignators(c: Cursor): Designator[] {
  if (c.token.kind === 'name' && c.peek(1).text === ':') {
    const member = c.token.text;
    c.at += 2;
    return [{ member }];
  }
  const path: Designator[] = [];
  for (;;) {
    if (c.accept('.')) path.push({ member: c.expectName('a member').text });
    else if (c.accept('[')) path.push(parseIndex(c));
    else break;
  }
  if (path.length > 0) c.expect('=');
  return path;
}

function parseIndex(c: Cursor): Designator {
  const index = parseConditional(c);
  const to = c.accept('...') ? parseConditional(c) : undefined;
  c.expect(']');
  return to === undefined ? { index } : { index, to };
}
