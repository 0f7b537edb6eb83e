import { expect, it } from 'vitest';
import { isFlat, memoryOf } from './memory.js';

const series = (memoryAt: (n: number) => number) => Array.from({ length: 100 }, (_, n) => memoryAt(n));

it('what grows to a height and stays there is flat, whatever it does in between', () => {
  expect(isFlat(series((n) => 200 + Math.min(n, 20) * 5 + (n % 7) * 10))).toBe(true);
});

it('what grows a little all the time is not', () => {
  expect(isFlat(series((n) => 200 + n))).toBe(false);
});

it('too few samples say nothing', () => {
  expect(isFlat([1, 1, 1, 1])).toBe(false);
});

it('this process has some memory, and one that is gone has none', () => {
  expect(memoryOf(process.pid).own).toBeGreaterThan(20);
  expect(memoryOf(2 ** 30)).toEqual({ own: 0, others: 0 });
});
