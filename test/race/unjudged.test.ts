import { expect, it } from 'vitest';
import { notAnalysed } from '../../src/race/not-analysed.js';

const judgement = (why: string[]) =>
  ({
    verdict: why.length > 0 ? 'not-analysed' : 'holds',
    why,
    lines: [],
    functions: [],
    bound: 'complete',
  }) as never;
const replayed = (race: string, before: string[], after: string[]) => ({
  replay: { race },
  before: judgement(before),
  after: judgement(after),
});

it('races that could not be judged on both sides for one reason are told once', () => {
  const told = notAnalysed(
    [],
    [replayed('a', ['x'], ['x', 'y']), replayed('b', ['x'], ['x']), replayed('c', ['z'], [])],
  );
  expect(told).toEqual([
    { what: 'a, b, before and after the patch', why: 'x' },
    { what: 'a, after the patch', why: 'y' },
    { what: 'c, before the patch', why: 'z' },
  ]);
});
