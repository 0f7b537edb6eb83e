import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCatalogue } from '../../src/race/read.js';
import { review } from '../../src/review.js';

const patch = readFileSync(new URL('../../fixtures/no-wake-at-unlock.mbox', import.meta.url));
const races = readCatalogue()
  .filter(({ threads, files }) => threads.length === 3 && files.includes('fs/dax.c'))
  .map(({ id }) => id);

/** What a review says, as bytes: another order of races or a number that a thread counted would show. */
async function bytes(jobs: number): Promise<string> {
  const answer = await review(patch, { trees: [], races, full: false, config: new Map(), jobs, aloneMs: -1 });
  expect('patches' in answer && answer.patches[0]?.replays.length).toBeGreaterThan(1);
  return JSON.stringify(answer);
}

test('a review is the same, byte for byte, whatever number of threads it is spread over', async () => {
  // What this thread finds out it knows the next time: the others come first.
  const four = await bytes(4);
  const two = await bytes(2);
  const alone = await bytes(1);
  expect([two, four]).toEqual([alone, alone]);
});
