import { describe, expect, it } from 'vitest';
import type { Excerpt, Finding } from '../../src/finding/finding.js';
import { ownLine } from '../../src/finding/own-line.js';
import { reporterOf } from '../../src/report/index.js';
import { context, finding, patch, reviewOf } from '../report/sample.js';

const hunk: Excerpt = {
  file: 'fs/dax.c',
  header: '@@ -40,5 +50,4 @@ static void *claim_slot(void)',
  lines: [' \tlock();', '-\tlook();', '+\tskip();', ' \tfill();'],
  target: 3,
  leftOut: { before: 0, after: 0 },
};
const grafted: Finding = {
  ...finding,
  onBaseline: true,
  location: { ...finding.location, hunkLine: 9 },
  hunks: [hunk],
};

describe('the line of a finding in the reader’s file', () => {
  it('is its own where the reader’s tree was executed', () => {
    expect(ownLine(finding)).toBe(finding.location.line);
  });

  it('is told by the hunk where the baseline was executed, as that side counts', () => {
    expect(ownLine(grafted)).toBe(52);
    expect(ownLine({ ...grafted, location: { ...grafted.location, side: 'before' } })).toBe(42);
  });

  it('is not known where the finding stands outside of the hunks, or the hunk is not told whole', () => {
    const outside = { ...grafted, location: { ...grafted.location, hunkLine: null } };
    const cut = { ...grafted, hunks: [{ ...hunk, leftOut: { before: 3, after: 0 } }] };
    for (const unknown of [outside, cut, { ...grafted, hunks: [] }]) expect(ownLine(unknown)).toBe(0);
  });

  it('is the only one that tools are told, who look it up there', async () => {
    const told = async (format: string, one: Finding) =>
      (await reporterOf(format))(reviewOf({ ...patch, findings: [one] }), context()).output;
    const outside = { ...grafted, location: { ...grafted.location, hunkLine: null } };
    expect(await told('terse', grafted)).toMatch(/^fs\/dax\.c:52: ERROR: /);
    expect(await told('terse', outside)).toMatch(/^fs\/dax\.c: ERROR: /);
    expect(await told('sarif', grafted)).toContain('"startLine": 52');
    expect(await told('sarif', outside)).not.toContain('startLine');
    expect(await told('sarif', { ...outside, onBaseline: false })).toContain('"startLine": 91');
  });
});
