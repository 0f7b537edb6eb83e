import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { breakCode } from '../../src/race/break-code.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { boundText } from '../../src/race/outcome.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-pmd-insert-race')!;
const code = readBaseline(race.era);

describe('a race that was broken before, and still is', () => {
  const after = judge(race, breakCode(code, race));
  const [old] = after.violations;
  const other = { ...old!, rule: 'assertion', signature: 'another sign' };

  const statusesOf = (more: typeof other) =>
    compare({ ...after, violations: [old!] }, { ...after, violations: [old!, more] }).map(
      ({ status }) => status,
    );

  it('does not say who brought one sign more of it', () => {
    expect(statusesOf(other)).toEqual(['present', 'unknown-origin']);
    expect(statusesOf({ ...other, rule: 'warning' })).toEqual(['present', 'unknown-origin']);
  });

  it('says who breaks it in a way that names what went wrong', () => {
    expect(statusesOf({ ...other, rule: 'use-after-free' })).toEqual(['present', 'introduced']);
  });

  it('has new signs where the old ones are gone', () => {
    const before = { ...after, violations: [{ ...other, cuts: false }] };
    const statuses = compare(before, { ...after, violations: [old!] }).map(({ status }) => status);
    expect(statuses).toContain('introduced');
  });
});

describe('a violation that was not seen before, of which only a part was searched', () => {
  const before = { ...judge(race, code), bound: { preemptions: 2 } };
  const after = judge(race, breakCode(code, race));
  const violation = after.violations[0]!;
  const statuses = (one: Partial<typeof violation>) =>
    compare(before, { ...after, violations: [{ ...violation, ...one }] }).map(({ status }) => status);

  it('is new where the part would have shown it', () => {
    expect(statuses({ preemptions: 2 })).toEqual(['introduced']);
    expect(statuses({ preemptions: 3 })).toEqual(['unknown-origin']);
  });

  it('is of unknown origin when it is a livelock, which a part never shows', () => {
    expect(statuses({ preemptions: 0, rule: 'livelock' })).toEqual(['unknown-origin']);
    expect(boundText(before.bound)).toBe('complete up to 2 preemptions, livelocks not looked for');
  });
});
