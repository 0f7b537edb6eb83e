import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { checkAll } from '../../src/race/check.js';
import { chosen } from '../../src/race/choose.js';
import type { Race } from '../../src/race/race.js';
import { readCatalogue } from '../../src/race/read.js';
import { review } from '../../src/review.js';

const narrow = { trees: [], full: false, config: new Map(), threads: 2 };
const wide = ['dax-downgrade-wakes-all', 'dax-invalidate-wakes-all'];

async function gaps(races: string[]): Promise<string[]> {
  const answer = await review(readFileSync('fixtures/no-second-lookup.mbox'), { ...narrow, races });
  if (isProblem(answer)) throw new Error(answer.problem);
  const { replays, notAnalysed } = answer.patches[0]!;
  expect(replays.map(({ race }) => race).filter((race) => wide.includes(race))).toEqual([]);
  return notAnalysed.map(({ what, why }) => `${what}: ${why}`);
}

it('races with more threads than allowed are told where the patch reaches them', async () => {
  expect(await gaps(['dax-pmd-insert-race', ...wide])).toContain(
    `${wide.join(', ')}: they have 3 or 4 threads, and --threads 2 leaves them out`,
  );
  // What this one needs is not there in that code, whatever its threads.
  const others = await gaps(['dax-pmd-insert-race', 'dax-lock-freed-inode']);
  expect(others.filter((gap) => gap.includes('--threads'))).toEqual([]);
});

it('a check says of each of them that it was not run, in the place where it would stand', async () => {
  const races = chosen(readCatalogue(), { races: ['dax-pmd-insert-race', ...wide] }) as Race[];
  const results = await checkAll(races, { files: new Map(), baseline: false }, { ...narrow, races: [] });
  expect(results.map(({ race }) => race)).toEqual(races.map(({ id }) => id));
  const left = results.filter(({ race }) => wide.includes(race));
  expect(left.map(({ verdict, why }) => `${verdict}: ${why}`)).toEqual([
    'not-analysed: it has 3 threads, and --threads 2 leaves it out',
    'not-analysed: it has 4 threads, and --threads 2 leaves it out',
  ]);
});
