import { expect, test } from 'vitest';
import { countTraces } from '../../../simulator/explore/oracle.js';
import { explore } from '../../../simulator/index.js';
import { smallProgram } from './small-program.js';

const names = (count: number, fn: (n: number) => string) => Array.from({ length: count }, (_, n) => fn(n));

/** n functions that differ in a number only. */
function numbered(count: number, body: (n: number) => string): string {
  return names(count, (n) => `void t${n}(void) { ${body(n)} }`).join('\n');
}

const readers = (n: number) =>
  smallProgram(
    `int x, seen[8];
     void writer(void) { x = 42; }
     void reader(void) { seen[__self()] = x; }`,
    ['writer', ...names(n, () => 'reader')],
  );

const lastzero = (n: number) =>
  smallProgram(
    `int a[9];
     void reader(void) { int i = ${n}; while (a[i] != 0) i--; }
     ${numbered(n, (j) => `a[${j + 1}] = a[${j}] + 1;`)}`,
    ['reader', ...names(n, (j) => `t${j}`)],
  );

/** Each thread adds to each of so many counters, one after the other. */
const increments = (n: number, counters: number) =>
  smallProgram(
    `int x[4];
     atomic void inc(int *p) { *p = *p + 1; }
     void thread(void) { ${names(counters, (i) => `inc(&x[${i}]);`).join(' ')} }`,
    names(n, () => 'thread'),
  );

const cas = `atomic void cas(int *p, int old, int new) { if (*p == old) *p = new; }`;

const casw = (n: number) =>
  smallProgram(
    `int x; ${cas} ${numbered(n, (i) => `cas(&x, 0, 1); x = ${i + 3};`)}`,
    names(n, (i) => `t${i}`),
  );

const sigma = (n: number) =>
  smallProgram(
    `int idx = -1, a[8], started[8];
     void main(void) { ${names(n, (i) => `idx = idx + 1; started[${i}] = 1;`).join(' ')} }
     ${numbered(n, (i) => `__await_eq(&started[${i}], 1); a[idx] = 1;`)}`,
    ['main', ...names(n, (i) => `t${i}`)],
  );

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

test.each([2, 4, 6])('readers(%i) has 2^n traces', (n) => {
  expect(countTraces(readers(n)).traces).toBe(2 ** n);
});

test.each([2, 4, 5, 6])('lastzero(%i) has (n+3)*2^(n-2) traces', (n) => {
  expect(countTraces(lastzero(n)).traces).toBe((n + 3) * 2 ** (n - 2));
});

test.each([2, 3, 4, 5])('ainc(%i) has n! traces', (n) => {
  expect(countTraces(increments(n, 1)).traces).toBe(factorial(n));
});

test.each([
  [2, 6],
  [3, 66],
  [4, 1200],
])('casw(%i) has %i traces', (n, traces) => {
  expect(countTraces(casw(n)).traces).toBe(traces);
});

test.each([
  [2, 3],
  [3, 15],
  [4, 105],
])('sigma(%i) has %i = (2n-1)!! traces', (n, traces) => {
  expect(countTraces(sigma(n)).traces).toBe(traces);
});

test.each([
  [2, [2, 4]],
  [3, [6, 24, 36]],
  [4, [24, 168, 432, 576]],
])('binc(%i) has %j traces with at most 0, 1, .. preemptions', (n, counts) => {
  expect(countTraces(increments(n, 2)).byPreemptions).toEqual(counts);
});

test.each([
  [2, [2, 6, 8]],
  [3, [6, 42, 120, 192, 216]],
])('cinc(%i) has %j traces with at most 0, 1, .. preemptions', (n, counts) => {
  expect(countTraces(increments(n, 3)).byPreemptions).toEqual(counts);
});

test.each([
  [2, [2, 4, 6]],
  [3, [6, 24, 54, 66]],
  [4, [24, 168, 576, 1056, 1200]],
])('casw(%i) has %j traces with at most 0, 1, .. preemptions', (n, counts) => {
  expect(countTraces(casw(n)).byPreemptions).toEqual(counts);
});

test.each([
  ['readers', readers(4)],
  ['lastzero', lastzero(5)],
  ['binc', increments(3, 2)],
  ['casw', casw(3)],
])('the search ends in the same states as the traces of %s', (_, scenario) => {
  const ends = countTraces(scenario).terminalStates.size;
  for (const full of [true, false]) expect(explore(scenario, { states: 100_000, full }).terminals).toBe(ends);
});
