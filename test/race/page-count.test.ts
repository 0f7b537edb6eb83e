import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const raceOf = (name: string) => readCatalogue().find(({ id }) => id === name)!;
const race = raceOf('cache-fault-versus-invalidate');
const around = raceOf('cache-map-around-spares-mapped');
const before = readBaseline('page-xarray');
const file = 'mm/filemap.c';

function changed(old: string, now: string): Code {
  const text = before.files.get(file)!;
  expect(text).toContain(old);
  return { ...before, files: new Map(before.files).set(file, text.replace(old, now)) };
}

/** What a patch introduces that puts `now` in place of `old`. */
function introduced(old: string, now: string, by = race): string[] {
  const found = compare(judge(by, before), judge(by, changed(old, now)));
  return found.filter(({ status }) => status === 'introduced').map(({ violation }) => violation.message);
}

describe('pages of a file', () => {
  it('are counted by the file when they come and when they go', () => {
    const message = "the file's count of pages is not the number of its pages";
    expect(introduced('mapping->nrpages -= folio_nr_pages(folio);', '')).toContain(message);
  });

  const lastPut = '\t\tfolio_put(folio);\n\t}\n\trcu_read_unlock();\n\treturn ret;';
  const instead = (statement: string) => lastPut.replace('folio_put(folio);', statement);

  it('lose a reference where it is only counted down', () => {
    for (const word of ['folio_ref_dec(folio);', 'folio_ref_sub(folio, 1);', 'page_ref_dec(&folio->page);'])
      expect(judge(around, changed(lastPut, instead(word)))).toMatchObject({ verdict: 'holds', unknown: [] });
  });

  it('keep it where nobody drops it', () => {
    const message = 'a page has more references than users, and is never freed';
    expect(introduced(lastPut, instead(''), around)).toContain(message);
  });

  it('are not to lose the last one in that way', () => {
    const message = 'the last reference to a page goes in a way that frees nothing';
    const last = instead('folio_ref_sub(folio, 2);');
    expect(introduced(lastPut, last, around)).toContain(message);
  });

  it('are judged by what is not modelled only with a word about it', () => {
    const told = 'some_ref_dec() is not modelled, and taken for nothing';
    const outcome = judge(around, changed(lastPut, instead('some_ref_dec(folio);')));
    expect(outcome).toMatchObject({ verdict: 'violated', assumptions: expect.arrayContaining([told]) });
  });
});
