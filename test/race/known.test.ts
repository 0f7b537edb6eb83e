import { expect, it } from 'vitest';
import type { ChangedLine } from '../../src/code/changed-lines.js';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { sight } from '../../src/race/make-finding.js';
import { readCatalogue } from '../../src/race/read.js';

/** Titles of what a patch opens in a scenario that puts `now` in place of `old`. */
function titles(id: string, file: string, old: string, now: string): string[] {
  const race = readCatalogue().find((each) => each.id === id)!;
  const before = readBaseline(race.era);
  const text = before.files.get(file)!;
  expect(text.split(old)).toHaveLength(2);
  const after = { ...before, files: new Map(before.files).set(file, text.replace(old, now)) };
  const line = text.slice(0, text.indexOf(old)).split('\n').length;
  const changed: ChangedLine[] = [{ file, line, present: true, hunkLine: 1 }];
  const places = {
    before: changed,
    after: changed,
    sourceBefore: () => undefined,
    sourceAfter: () => undefined,
    onBaseline: true,
  };
  return compare(judge(race, before), judge(race, after)).map((one) => sight(one, places).finding.title);
}

it('a race is not the known one where its broken code has the function only beside what it changes', () => {
  const told = titles(
    'dax-layout-skips-locked',
    'fs/dax.c',
    'page_ref_count(pfn_to_page(pfn)) > 1',
    'page_ref_count(pfn_to_page(pfn)) > 2',
  );
  expect(told).toEqual(['the search for busy pages has passed a busy page']);
});

it('nor where it breaks in other words than the entry has for it', () => {
  const told = titles(
    'cache-invalidate-answers',
    'mm/truncate.c',
    '\t\t\t\tif (folio_mapped(folio))\n\t\t\t\t\tunmap_mapping_folio(folio);\n',
    '',
  );
  expect(told.join()).toContain('BUG_ON(folio_mapped(folio))');
});
