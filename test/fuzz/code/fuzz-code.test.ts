import { expect, it } from 'vitest';
import { fuzzCode } from './fuzz-code.js';

it('C that was mutated crashes nothing, hangs nowhere, and what is found is found again: some cases of it', async () => {
  // The first of the cases that `npm run fuzz:code` begins with.
  const told = await fuzzCode({ first: 1, cases: 30, timeMs: 150_000, limitMs: 60_000, trees: [] });
  expect(told.failures).toEqual([]);
  expect(told.cases).toBeGreaterThan(5);
  expect(told.peakMb).toBeLessThan(1500);
  const { 'not-analysed': gaps = 0, judged = 0, found = 0 } = told.outcomes;
  expect(gaps + judged + found).toBeGreaterThan(3);
}, 240_000);
