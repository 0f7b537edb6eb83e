import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding/finding.js';
import { whyEraMatters } from '../../src/race/agree-eras.js';

const found = (status: string, rule: string, line = 1) => ({ status, rule, location: { line } }) as Finding;

describe('two eras that a diff fits alike', () => {
  it('agree when both find the same, on whatever lines', () => {
    const one = { era: 'a', findings: [found('introduced', 'lost-wakeup', 1)] };
    const other = {
      era: 'b',
      findings: [found('introduced', 'lost-wakeup', 9), found('present', 'lost-entry')],
    };
    expect(whyEraMatters(one, other)).toBe(undefined);
  });

  it('leave it open when only one of them finds something: it is neither an alarm nor clean', () => {
    const one = { era: 'a', findings: [found('introduced', 'lost-wakeup')] };
    const other = { era: 'b', findings: [] };
    const why = 'the diff fits a and b alike: introduced lost-wakeup on the one, nothing on the other';
    expect(whyEraMatters(one, other)).toBe(why);
    expect(whyEraMatters(other, one)).toContain('nothing on the one');
  });
});
