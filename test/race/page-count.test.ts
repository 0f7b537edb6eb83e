import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'cache-fault-versus-invalidate')!;
const before = readBaseline('page-xarray');
const file = 'mm/filemap.c';

/** What a patch introduces that puts `now` in place of `old`. */
function introduced(old: string, now: string): string[] {
  const text = before.files.get(file)!;
  expect(text).toContain(old);
  const after = { ...before, files: new Map(before.files).set(file, text.replace(old, now)) };
  const found = compare(judge(race, before), judge(race, after));
  return found.filter(({ status }) => status === 'introduced').map(({ violation }) => violation.message);
}

describe('pages of a file', () => {
  it('are counted by the file when they come and when they go', () => {
    const message = "the file's count of pages is not the number of its pages";
    expect(introduced('mapping->nrpages -= folio_nr_pages(folio);', '')).toContain(message);
  });
});
