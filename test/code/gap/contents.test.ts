import { expect, it } from 'vitest';
import type { Code } from '../../../src/code/code.js';
import { changedContents } from '../../../src/code/gap/contents.js';

const codeOf = (body: string): Code => ({
  files: new Map([['mm/truncate.c', `static void cut(struct folio *folio, int at)\n{\n${body}\n}\n`]]),
  baseline: false,
});
const said = (before: string, after: string) =>
  changedContents(codeOf(before), codeOf(after)).map(({ what, why }) => `${what}: ${why}`);

const zero = '\tfolio_zero_range(folio, at, 8);';

it('tells of a page that is not zeroed any more', () => {
  expect(said(zero, '\t;')).toEqual([
    'cut(): folio_zero_range() is changed, and what pages contain is not modelled: what it writes is not seen',
  ]);
});

it('tells of another part that is zeroed, and of other calls', () => {
  expect(said(zero, '\tfolio_zero_range(folio, at + 1, 8);')).toHaveLength(1);
  expect(said(zero, '\tfolio_zero_segment(folio, at, 8);')).toEqual([
    'cut(): folio_zero_range(), folio_zero_segment() are changed, and what pages contain is not modelled: what they write is not seen',
  ]);
});

it('says nothing of what is only written otherwise, or is not about contents', () => {
  expect(said(zero, '\tfolio_zero_range(folio,\n\t\t\tat, 8);\n\tfolio_unlock(folio);')).toEqual([]);
  expect(said('\tfolio_lock(folio);', '\tfolio_lock(folio);\n\tfolio_unlock(folio);')).toEqual([]);
});

it('tells of the order of two, which may be of one page', () => {
  const [one, two] = ['\tmemzero_page(page, 0, 8);', '\tmemcpy_to_page(page, 0, from, 8);'];
  expect(said(`${one}\n${two}`, `${two}\n${one}`)).toHaveLength(1);
});

it('tells of what is handed to them and computed otherwise', () => {
  const body = (length: string) => `\tint rest = ${length};\n\tfolio_zero_range(folio, at, rest);`;
  expect(said(body('8 - at'), body('7 - at'))).toEqual([
    'cut(): what folio_zero_range() gets is computed otherwise, and what pages contain is not modelled: what it writes is not seen',
  ]);
  expect(said(body('8 - at'), body('8 -  at'))).toEqual([]);
  const beside = (other: string) => `${body('8')}\n\tfolio->index = ${other};`;
  expect(said(beside('1'), beside('2'))).toEqual([]);
});
