import { expect, it } from 'vitest';
import { calledAs } from '../../src/finding/called-as.js';

it('a call goes by the name that the line has for it', () => {
  expect(calledAs('if (!folio_trylock(folio))', 'trylock_page')).toBe('folio_trylock');
  expect(calledAs('lock_page(page); folio_lock(folio);', 'lock_page')).toBe('lock_page');
  expect(calledAs('folio_unlock(folio);', 'lock_page')).toBe('lock_page');
  expect(calledAs('', 'lock_page')).toBe('lock_page');
});
