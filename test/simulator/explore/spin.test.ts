import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { smallProgram } from './small-program.js';

const text = readFileSync(new URL('pmd-race.c', import.meta.url), 'utf8');

function race(threads: number, defines: Record<string, string | number>) {
  const names = Array.from({ length: threads }, () => 'fault');
  return smallProgram(text, names, { NT: threads, ROUNDS: 1, ...defines });
}

/** What SPIN stores for the same model, with its reductions off. */
test.each([
  [2, 182],
  [3, 1903],
  [4, 19_108],
])('the repaired race with %i threads has the %i states that SPIN counts', (threads, states) => {
  const verdict = explore(race(threads, { FIXED: 1 }), { states: 1_000_000, full: true });
  expect(verdict.why).toEqual([]);
  expect(verdict.kind).toBe('holds');
  expect(verdict.bound).toBe('complete');
  expect(verdict.states).toBe(states);
});

test('the broken race is found with one preemption, by two threads as by four', () => {
  for (const threads of [2, 3, 4]) {
    const verdict = explore(race(threads, {}), { states: 1_000_000, full: true });
    expect(verdict.kind).toBe('violated');
    expect(verdict.violations[0]).toMatchObject({ rule: 'page-table-collision', preemptions: 1 });
  }
});
