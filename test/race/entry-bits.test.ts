import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { judge } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-fragmented-pmd')!;

/** Code of the race's era whose entries are written otherwise. */
function written(change: (text: string) => string): Code {
  const { files, baseline } = readBaseline(race.era);
  const before = files.get('fs/dax.c')!;
  const after = change(before);
  expect(after).not.toBe(before);
  return { files: new Map([...files, ['fs/dax.c', after]]), baseline };
}

describe('a file that counts the references of an idle page otherwise', () => {
  it('is not analysed', () => {
    const outcome = judge(
      race,
      written((text) => text.replace(/(page_ref_count\(pfn_to_page\(pfn\)\)) > 1/, '$1 > 0')),
    );
    expect(outcome.verdict).toBe('not-analysed');
    expect(outcome.why.join()).toContain(
      'idle pages of a file are counted otherwise than the model counts them',
    );
  });
});

describe('a file that gives the bits of an entry another meaning', () => {
  it('holds with a bit more below the page frame, as it did before', () => {
    const outcome = judge(
      race,
      written((text) => text.replace(/(DAX_SHIFT\t+)4/, '$15')),
    );
    expect(outcome.verdict).toBe('holds');
  });

  it('is not analysed when what locked and huge mean has changed', () => {
    const outcome = judge(
      race,
      written((text) =>
        text
          .replace('DAX_LOCKED\tBIT(0)', 'DAX_LOCKED\tBIT(1)')
          .replace('DAX_PMD\t\tBIT(1)', 'DAX_PMD\t\tBIT(0)'),
      ),
    );
    expect(outcome.verdict).toBe('not-analysed');
    expect(outcome.why.join()).toContain('the bits of an entry mean something else than the model knows');
  });
});
