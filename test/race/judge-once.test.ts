import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { judge } from '../../src/race/judge.js';
import { link } from '../../src/race/link.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-pmd-insert-race')!;

describe('a race on the same code', () => {
  it('is searched once for the same bounds, and again for others', () => {
    const code = readBaseline(race.era);
    const first = judge(race, code);
    expect(judge(race, code)).toBe(first);
    expect(judge(race, code, { bounds: { states: 2 } })).not.toBe(first);
  });

  it('is linked anew for another configuration', () => {
    const code = readBaseline(race.era);
    const other = new Map([['CONFIG_FS_DAX_PMD', 'n']]);
    expect(link(race, code)).toBe(link(race, code));
    expect(link(race, code, other)).not.toBe(link(race, code));
  });

  it('is searched anew on code that is not the same object', () => {
    const first = judge(race, readBaseline(race.era));
    const second = judge(race, readBaseline(race.era));
    expect(second).not.toBe(first);
    expect(second.states).toBe(first.states);
  });
});
