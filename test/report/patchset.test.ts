import { describe, expect, it } from 'vitest';
import { patchsetOf } from '../../src/report/patchset.js';
import { finding, message, patch, review, reviewOf } from './sample.js';

const messages = new Map([[message.messageId, message]]);
const patchset = (of = review) => patchsetOf('s1', 'cover@example.org', of, messages);

describe('a series for b4', () => {
  it('has its patches by Message-ID, and a review of each', () => {
    expect(patchset()).toMatchObject({
      id: 's1',
      message_id: 'cover@example.org',
      status: 'Reviewed',
      patches: [{ id: 1, message_id: '20170412.3-dev@example.org' }],
      reviews: [{ patch_id: 1, status: 'Reviewed' }],
    });
  });

  it('comments below the quoted lines that it is about', () => {
    const text = patchset().reviews[0]!.inline_review;
    const [quoted, said] = [text.indexOf('> -\t\tslot = look_again'), text.indexOf('unlocked-entry-path: ')];
    expect(quoted).toBeGreaterThanOrEqual(0);
    expect(said).toBeGreaterThan(quoted);
    expect(text).toMatch(/^> diff --git a\/fs\/dax\.c/);
  });

  it('tells what was there before as such, and what is fixed not at all', () => {
    const findings = [
      { ...finding, status: 'present' as const },
      { ...finding, status: 'fixed' as const },
    ];
    const told = JSON.parse(patchset(reviewOf({ ...patch, findings })).reviews[0]!.output);
    expect(told.findings).toMatchObject([{ preexisting: true, locations: [{ file: 'fs/dax.c', line: 91 }] }]);
    expect(patchset(reviewOf({ ...patch, findings })).reviews[0]!.inline_review).toBe('');
  });

  it('does not let what was not analysed pass', () => {
    const blind = reviewOf({
      ...patch,
      findings: [],
      replays: [{ ...patch.replays[0]!, after: 'not-analysed' }],
    });
    expect(patchset(blind).reviews[0]).toMatchObject({ status: 'Skipped', result: 'not analysed' });
  });
});
