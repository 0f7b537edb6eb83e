import { describe, expect, it } from 'vitest';
import { unite } from '../../src/finding/unite.js';
import { finding } from '../report/sample.js';

const path = { ...finding, evidence: 'path' as const, race: null, witness: '1.lock-leak@f.after.0.1' };
const [always, never] = [() => true, () => false];

describe('an interleaving and a path', () => {
  it('that show the same thing are told once, with both witnesses', () => {
    const [one, ...others] = unite([finding], [path], never);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ evidence: 'replay', witness: finding.witness });
    expect(one!.alsoSeenAs.at(-1)).toContain(path.witness);
    expect(finding.alsoSeenAs).toEqual([]);
  });

  it('that disagree where it comes from are told as the interleaving has it', () => {
    const unknown = { ...finding, status: 'unknown-origin' as const };
    expect(unite([unknown], [path], never)).toEqual([unknown]);
  });

  it('that disagree whether the patch brings it are both told, and neither is called clean', () => {
    for (const status of ['present', 'fixed'] as const) {
      const told = unite([{ ...finding, status }], [path], never);
      expect(told.map((each) => each.status)).toEqual([status, 'unknown-origin']);
    }
    expect(unite([finding], [{ ...path, status: 'fixed' }], never)).toEqual([finding]);
  });

  it('that show different things are both told', () => {
    const other = { ...path, rule: 'lock-leak' };
    expect(unite([finding], [other], never)).toEqual([finding, other]);
  });

  it('of a path alone is in doubt where races run the function and do not show it', () => {
    const other = { ...path, rule: 'lock-leak' };
    expect(unite([], [other], always)).toMatchObject([{ status: 'unknown-origin' }]);
    expect(unite([], [other], never)).toEqual([other]);
    expect(unite([], [{ ...other, status: 'present' }], always)).toMatchObject([{ status: 'present' }]);
  });

  it('of a variable that nobody has set is told by the path alone: to races it is 0', () => {
    const unset = { ...path, rule: 'unset-variable' };
    expect(unite([], [unset], always)).toEqual([unset]);
  });
});
