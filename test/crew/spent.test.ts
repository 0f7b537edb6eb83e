import { expect, it } from 'vitest';
import { spentMs } from './spent.js';

it('the time of a process grows while it works, and about as much as it says itself', () => {
  const before = spentMs(process.pid)!;
  const own = process.cpuUsage();
  while (process.cpuUsage(own).user < 100_000);
  const grown = spentMs(process.pid)! - before;
  expect(grown).toBeGreaterThanOrEqual(60);
  expect(grown).toBeLessThan(5000);
});

it('nothing is known of a process that is not there', () => {
  expect(spentMs(2 ** 30)).toBeUndefined();
});
