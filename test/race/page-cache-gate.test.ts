import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { review } from '../../src/review.js';

/**
 * What was proposed in 2005 under another name, in other words: nothing in Faultline knows of either. The
 * header that the patch adds has to be run for any of this to be found.
 */
it('a retry section leaks, yields under a lock, and leaves the race that it is for', {
  timeout: 120_000,
}, async () => {
  const bytes = readFileSync('fixtures/page-cache-gate.mbox');
  const report = await review(bytes, { trees: [], races: [], full: false, config: new Map() });
  if (isProblem(report)) throw new Error(report.problem);
  const found = report.patches.flatMap(({ findings }) =>
    findings
      .filter(({ evidence }) => evidence === 'replay')
      .map(({ status, rule, location }) => `${status} ${rule} ${location.function}`),
  );
  expect(found.sort()).toEqual([
    'introduced lock-leak invalidate_mapping_pages',
    'introduced sleep-in-atomic do_no_page',
    // As in v2.6.12, an invalidation throws away what is written to meanwhile.
    'present lost-entry invalidate_complete_page2',
    'present lost-entry invalidate_inode_pages2_range',
    'present stale-mapping-after-invalidate do_no_page',
  ]);
});
