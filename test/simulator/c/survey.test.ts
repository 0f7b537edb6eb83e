import { expect, it } from 'vitest';
import { survey } from '../../../simulator/c/survey.js';

it('says of every function of a file whether it can be executed, what is guessed and what it calls', () => {
  const text = `
    static int helper(int n) { return n; }
    static int named(int n) { return n; }
    int good(int n) { take(named); return helper(n) + outside(n); }
    int guessing(struct unseen *u) { return u->x; }
    int failing(int n) { int a[n]; return a[0]; }`;
  const result = survey({ path: 'a.c', text, origin: 'reviewed' }, new Map());
  expect([result.functions, result.lowered]).toEqual([5, 4]);
  expect(result.failures).toEqual([{ function: 'failing', line: 6, reason: 'an array of variable length' }]);
  expect(result.guesses).toEqual([
    { function: 'guessing', line: 5, reason: 'member x of struct unseen is not modelled' },
  ]);
  expect([...result.calls.get('good')!].sort()).toEqual(['helper', 'named', 'outside', 'take']);
});
