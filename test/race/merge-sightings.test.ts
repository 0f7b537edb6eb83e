import { expect, it } from 'vitest';
import { mergeSightings } from '../../src/race/make-finding.js';
import { finding } from '../report/sample.js';

/** What a race saw in a function, so far from the patch's lines or not. */
const seen = (race: string, name: string, hunkLine: number | null, message = 'A page leaks.') => ({
  finding: {
    ...finding,
    ...{ race, message, title: message, alsoSeenAs: [] },
    location: { ...finding.location, function: name, hunkLine },
  },
  rank: [0],
});
const told = (...all: ReturnType<typeof seen>[]) =>
  mergeSightings(all).map(
    ({ race, location, alsoSeenAs }) => `${race} ${location.function} ${alsoSeenAs.length}`,
  );

it('what one place shows to several races is one finding', () => {
  expect(told(seen('a', 'f', 7), seen('b', 'f', 7))).toEqual(['a f 1']);
});

it('what shows elsewhere in the same words is told where the patch changes something', () => {
  expect(told(seen('a', 'g', null), seen('b', 'f', 7), seen('c', 'h', null))).toEqual(['b f 2']);
});

it('but not in other words, nor at another changed place, nor where no place is changed', () => {
  expect(told(seen('a', 'g', null, 'A page is lost.'), seen('b', 'f', 7))).toEqual(['a g 0', 'b f 0']);
  expect(told(seen('a', 'g', 9), seen('b', 'f', 7))).toEqual(['a g 0', 'b f 0']);
  expect(told(seen('a', 'g', null), seen('b', 'f', null))).toEqual(['a g 0', 'b f 0']);
});

it('nor of what was there before the patch', () => {
  const present = (one: ReturnType<typeof seen>) => ({
    ...one,
    finding: { ...one.finding, status: 'present' as const },
  });
  expect(told(present(seen('a', 'g', null)), present(seen('b', 'f', 7)))).toEqual(['a g 0', 'b f 0']);
});
