import { describe, expect, it } from 'vitest';
import { unite } from '../../src/finding/unite.js';
import { finding, patch } from '../report/sample.js';

const path = { ...finding, evidence: 'path' as const, race: null, witness: '1.lock-leak@f.after.0.1' };

describe('an interleaving and a path', () => {
  it('that show the same thing are told once, with both witnesses', () => {
    const [one, ...others] = unite([finding], [path], []);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ evidence: 'replay', witness: finding.witness });
    expect(one!.alsoSeenAs.at(-1)).toContain(path.witness);
    expect(finding.alsoSeenAs).toEqual([]);
  });

  it('that disagree where it comes from are told as the interleaving has it', () => {
    const unknown = { ...finding, status: 'unknown-origin' as const };
    expect(unite([unknown], [path], [])).toEqual([unknown]);
  });

  it('that disagree whether the patch brings it are both told, and neither is called clean', () => {
    for (const status of ['present', 'fixed'] as const) {
      const told = unite([{ ...finding, status }], [path], []);
      expect(told.map((each) => each.status)).toEqual([status, 'unknown-origin']);
    }
    expect(unite([finding], [{ ...path, status: 'fixed' }], [])).toEqual([finding]);
  });

  it('that show different things are both told', () => {
    const other = { ...path, rule: 'lock-leak' };
    expect(unite([finding], [other], [])).toEqual([finding, other]);
  });

  it('of a path alone is in doubt where races run the function and do not show it', () => {
    const other = { ...path, rule: 'lock-leak' };
    const [replay] = patch.replays;
    expect(unite([], [other], [replay!])).toMatchObject([{ status: 'unknown-origin' }]);
    expect(unite([], [other], [{ ...replay!, after: 'not-analysed' }])).toEqual([other]);
    expect(unite([], [{ ...other, status: 'present' }], [replay!])).toMatchObject([{ status: 'present' }]);
  });
});
