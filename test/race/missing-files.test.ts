import { expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { missingAssumptions, missingGaps } from '../../src/race/missing-files.js';
import { readCatalogue } from '../../src/race/read.js';
import type { ReviewedChange } from '../../src/race/replay-race.js';

const cache = 'mm/memory.c, mm/truncate.c, mm/filemap.c'.split(', ');
const races = readCatalogue();
const codeOf = (paths: string[], baseline = false): Code => ({
  files: new Map(paths.map((path) => [path, ''])),
  baseline,
});

function gaps(paths: string[], touched: string, baseline = false) {
  const code = codeOf(paths, baseline);
  const change: ReviewedChange = {
    before: code,
    after: code,
    touched: [{ file: touched, name: 'f', only: undefined }],
    changed: { before: [], after: [] },
  };
  return missingGaps(change, races).map(({ what, why }) => `${what}: ${why}`);
}

it('tells which files a tree does not have that races run beside what is touched', () => {
  const both = races.filter(({ files }) => files.includes('fs/dax.c') && files.includes('mm/memory.c'));
  expect(gaps(['fs/dax.c'], 'fs/dax.c')).toEqual([
    `mm/memory.c: the tree does not have it, so that ${both.length} races run the model in its place, or not at all`,
  ]);
  expect(gaps(['mm/memory.c'], 'mm/memory.c').map((gap) => gap.replace(/:.*/, ''))).toEqual(cache.slice(1));
});

it('has nothing to tell where they are there, of a kernel without DAX, and of the baseline', () => {
  expect(gaps(['fs/dax.c', ...cache], 'fs/dax.c')).toEqual([]);
  expect(gaps(cache, 'mm/memory.c')).toEqual([]);
  expect(gaps(['fs/dax.c'], 'fs/dax.c', true)).toEqual([]);
});

it('says what a verdict on such a tree rests on', () => {
  const race = races.find(({ files }) => files.join() === 'fs/dax.c,mm/memory.c')!;
  expect(missingAssumptions(race, codeOf(['fs/dax.c']))).toEqual([
    'the tree has no mm/memory.c, and the model stands for it',
  ]);
  expect(missingAssumptions(race, codeOf(['fs/dax.c', 'mm/memory.c']))).toEqual([]);
});
