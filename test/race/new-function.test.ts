import { expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { readCatalogue } from '../../src/race/read.js';
import { replayRace } from '../../src/race/replay-race.js';

const race = readCatalogue().find(({ id }) => id === 'dax-lock-inode-rcu')!;
const file = 'fs/dax.c';

it('a function that only the model calls, where it exists, is executed though nothing of it was there before', () => {
  const before = readBaseline(race.era);
  const name = 'dax_break_layout_final';
  const text = `${before.files.get(file)}\nvoid ${name}(struct inode *inode)\n{\n\tinode->i_mapping->nrpages++;\n}\n`;
  const after = { ...before, files: new Map(before.files).set(file, text) };
  const replayed = replayRace(
    race,
    { before, after, touched: [{ file, name, only: 'after' }], changed: { before: [], after: [] } },
    { config: new Map(), full: false },
  );
  expect(replayed?.before.verdict).toBe('holds');
  expect(replayed?.after.functions).toContain(name);
  expect(replayed?.after.verdict).toBe('violated');
});
