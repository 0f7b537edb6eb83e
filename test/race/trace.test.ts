import { expect, test } from 'vitest';
import type { Race } from '../../src/race/race.js';
import { traceOf } from '../../src/race/trace.js';
import type { Violation } from '../../src/race/violation.js';

const program = { functions: [], globals: [], constants: [], fields: new Map() };

/** What stands behind a statement in which a call of `name` answered 7. */
function said(source: string, name = 'length'): string | null {
  const callee = { name, result: 'integer' };
  const fn = { name: 'f', file: 'fs/x.c' };
  const act = { thread: 0, fn, line: 1, kind: 'return', name, args: [], value: 7, callee };
  const violation = { acts: [act], program, thread: 0, message: 'it breaks' } as unknown as Violation;
  const race = { threads: [] } as unknown as Race;
  return traceOf(race, violation, () => source)[0]!.event;
}

test('a value stands alone where the statement keeps, returns or tests it as it is', () => {
  for (const source of [
    'length(x);',
    'n = length(x);',
    'unsigned long n = length(map(x), 1);',
    'return length(x);',
    'if (length(x)) {',
    'while (length(x))',
    'n = length(x,',
  ])
    expect([source, said(source)]).toEqual([source, '= 7']);
});

test('elsewhere it is said whose value it is', () => {
  for (const source of [
    'bool tiny = length(x) < PAGE_SIZE;',
    'if (!length(x))',
    'while ((n = length(x)))',
    'n = length(x) + 1;',
    'if (is_short(x)) {',
    'a ? length(x) : 0;',
  ])
    expect([source, said(source)]).toEqual([source, 'length() = 7']);
});

test('what the model has for pages and folios alike goes by the name that the statement has', () => {
  expect(said('if (!folio_trylock(folio))', 'trylock_page')).toBe('folio_trylock() = 7');
  expect(said('n = folio_try_get(folio);', 'try_get_page')).toBe('= 7');
  expect(said('if (!folio_lock(folio))', 'trylock_page')).toBe('trylock_page() = 7');
});
