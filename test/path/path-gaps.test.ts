import { expect, it } from 'vitest';
import type { PathRun } from '../../src/finding/review.js';
import { pathGaps } from '../../src/path/path-gaps.js';

const run = (name: string, why: string | null, after: PathRun['after'] = 'not-analysed'): PathRun => ({
  file: 'mm/f.c',
  function: name,
  before: 'holds',
  after,
  paths: 0,
  assumptions: [],
  why,
});
const told = (...runs: PathRun[]) => pathGaps(runs).map(({ what, why }) => `${what}: ${why}`);

it('who calls a function that is too much is told with it, how far away he may be', () => {
  expect(
    told(
      run('outer', 'inner(), which it calls: deep(), which it calls: too many'),
      run('deep', 'too many'),
      run('inner', 'deep(), which it calls: too many'),
      run('fine', null, 'holds'),
      run('other', 'too many'),
    ),
  ).toEqual([
    'all paths of deep(), and of outer() and inner(), which come to it: too many',
    'all paths of other(): too many',
  ]);
  expect(told(run('inner', 'deep(), which it calls: too many'), run('deep', 'too many'))).toEqual([
    'all paths of deep(), and of inner(), which comes to it: too many',
  ]);
});

it('a function that is too much and is not meant itself stands in the reason', () => {
  expect(told(run('one', 'deep(), which it calls: too many'))).toEqual([
    'all paths of one(): deep(), which it calls: too many',
  ]);
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => run(name, 'deep(), which it calls: too many'));
  expect(told(...many.slice(0, 4))).toEqual([
    'all paths of a(), b(), c() and d(): deep(), which they call: too many',
  ]);
  expect(told(...many)).toEqual([
    'all paths of a(), b(), c(), d() and 2 more: deep(), which they call: too many',
  ]);
});

it('one reason is not taken for another, and what is gone is not told', () => {
  expect(
    told(
      run('a', 'deep(), which it calls: too many'),
      run('deep', 'too deep'),
      run('gone', 'too many', 'absent'),
    ),
  ).toEqual(['all paths of a(): deep(), which it calls: too many', 'all paths of deep(): too deep']);
});
