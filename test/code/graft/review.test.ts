import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reviewExit } from '../../../src/command/exit-code.js';
import { isProblem } from '../../../src/finding/problem.js';
import type { Review } from '../../../src/finding/review.js';
import { review } from '../../../src/review.js';

const folder = 'fixtures/graft';
const diffs = readdirSync(folder).filter((name) => name.endsWith('.diff'));

/** Enough of the catalogue to tell what these diffs do. */
const quick = [
  'dax-pmd-insert-race',
  'dax-grab-keeps-lock',
  'dax-fault-is-no-error',
  'dax-sync-passes-wakeup',
  'imap-truncate-unlocked',
];

/** What matters of a review without a tree: where each hunk went, what was found, what was not looked at. */
function told(answer: Review): string {
  const [patch] = answer.patches;
  const { base, findings, notAnalysed } = patch!;
  const lines = [`base ${base.method} ${base.tree}, exit ${reviewExit(answer, 'introduced')}`];
  // Of the eras that do not take it only the one that comes farthest, which is told last.
  const era = base.method === 'none' ? base.tries.at(-1)?.tree : base.tree;
  for (const { method, tree, hunk, outcome } of base.tries)
    if (method === 'graft' && tree === era)
      lines.push(`${tree}${hunk === null ? '' : ` hunk ${hunk}`}: ${outcome}`);
  for (const { status, rule, location, onBaseline } of findings)
    if (status !== 'present')
      lines.push(`${status} ${rule} in ${location.function}()${onBaseline ? ' on the baseline' : ''}`);
  for (const { what, why } of notAnalysed) lines.push(`not analysed: ${what}: ${why}`);
  return `${lines.join('\n')}\n`;
}

describe('a review without a tree', () => {
  for (const name of diffs) {
    it(`of ${name} says what stands beside it`, async () => {
      const answer = await review(readFileSync(join(folder, name)), {
        trees: [],
        races: quick,
        full: false,
        config: new Map(),
      });
      if (isProblem(answer)) throw new Error(answer.problem);
      const expected = join(folder, `${name}.expected`);
      if (process.env.UPDATE === '1' || !existsSync(expected)) writeFileSync(expected, told(answer));
      expect(told(answer)).toBe(readFileSync(expected, 'utf8'));
    });
  }
});
