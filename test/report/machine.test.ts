import { describe, expect, it } from 'vitest';
import type { FindingStatus } from '../../src/finding/finding.js';
import type { Review } from '../../src/finding/review.js';
import { reporterOf } from '../../src/report/index.js';
import { refusalReport } from '../../src/report/refusal.js';
import { expectFile } from './expected.js';
import { context, finding, patch, review, reviewOf } from './sample.js';

const reporters = new Map(
  await Promise.all(
    ['terse', 'b4', 'markdown', 'sarif'].map(async (name) => [name, await reporterOf(name)] as const),
  ),
);
const told = (format: string, of: Review = review) => reporters.get(format)!(of, context()).output;
const withStatus = (status: FindingStatus) => reviewOf({ ...patch, findings: [{ ...finding, status }] });
const clean = reviewOf({ ...patch, findings: [], notAnalysed: [] });
const untouched = reviewOf({ ...patch, touched: [], findings: [], replays: [], notAnalysed: [] });
const gone = reviewOf({
  ...patch,
  findings: [],
  replays: patch.replays.map((replay) => ({ ...replay, after: 'absent' as const })),
  notAnalysed: [],
});
const blind = reviewOf({
  ...patch,
  findings: [],
  replays: [{ ...patch.replays[0]!, after: 'not-analysed' }],
});
const hostile = reviewOf({
  ...patch,
  subject: '</details> <script>x</script> @everybody **bold** `code` \u202e[a](http://b)',
  findings: [{ ...finding, title: 'ERROR: `` ` ``\n```\n# heading', message: '<!-- | cell | -->' }],
});

describe('terse', () => {
  it('has a line that tools know for what a patch opened', () => {
    expect(told('terse')).toMatch(
      /^fs\/dax\.c:91: ERROR: unlocked-entry-path in claim_slot\(\): .* \[1\.dax-pmd-insert-race\.after\..*\]\n$/,
    );
    expect(told('terse', withStatus('unknown-origin'))).toContain(': WARNING: unlocked-entry-path');
  });

  it('is silent about the rest', () => {
    for (const status of ['present', 'fixed'] as const) expect(told('terse', withStatus(status))).toBe('');
    for (const quiet of [clean, untouched]) expect(told('terse', quiet)).toBe('');
  });

  it('warns of what is there for a part of the series only', () => {
    const passing = reviewOf({ ...patch, findings: [], passing: ['lost-wakeup in f()'] });
    expect(told('terse', passing)).toBe('WARNING: opens lost-wakeup in f(), closed by a later patch\n');
  });

  it('does not let what was not analysed pass for clean', () => {
    expect(told('terse', blind)).toMatch(/^WARNING: not analysed: /);
  });
});

describe("b4's checks", () => {
  const checks = (of: Review) => JSON.parse(told('b4', of));

  it('fail with the whole finding where something was opened', () => {
    const [check] = checks(review);
    expect(check).toMatchObject({ tool: 'faultline', status: 'fail' });
    expect(check.details).toContain('faultline replay 1.dax-pmd-insert-race');
  });

  it('pass, warn or say nothing by what was analysed', () => {
    expect(checks(clean)).toMatchObject([{ status: 'pass' }]);
    expect(checks(withStatus('unknown-origin'))).toMatchObject([{ status: 'warn' }]);
    expect(checks(blind)).toMatchObject([{ status: 'warn', summary: 'not analysed' }]);
    expect(checks(untouched)).toEqual([]);
    const takes = 'takes away what 2 known races execute, and leaves nothing of it to judge';
    expect(checks(gone)).toMatchObject([{ status: 'warn', summary: takes }]);
    const [passing] = checks(reviewOf({ ...clean.patches[0]!, passing: ['a in f()'] }));
    expect(passing).toMatchObject({ status: 'warn', summary: 'opens a in f(), closed by a later patch' });
  });
});

describe('a program that listens', () => {
  it('is told on stdout why there is no review, in its own form', () => {
    const problem = { problem: 'fs/dax.c, hunk 1:\nit expects \x1b[1mother lines', exit: 3 };
    expect(refusalReport(problem, 'terse')).toMatch(/^WARNING: not reviewed: fs\/dax\.c, hunk 1: .*\n$/);
    expect(JSON.parse(refusalReport(problem, 'b4')!)).toMatchObject([{ status: 'warn' }]);
    expect(refusalReport(problem, 'text')).toBeUndefined();
  });
});

describe('markdown', () => {
  it('folds the interleaving into a page of a forge (UPDATE=1 writes it anew)', () => {
    expectFile('review.md', told('markdown'));
  });

  it('leaves nothing that a forge would take for markup', () => {
    const text = told('markdown', hostile);
    expect(text).not.toMatch(/<script|<!--|@everybody|(?<!\\)\]\(http|^# heading/m);
    expect(text.match(/<\/details>/g)).toHaveLength(1);
  });
});

describe('SARIF', () => {
  const log = (of: Review) => JSON.parse(told('sarif', of)).runs[0];

  it('tells what a patch opened as an error, and what it fixed not at all', () => {
    expect(log(review).results[0]).toMatchObject({
      ruleId: 'unlocked-entry-path',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'fs/dax.c' }, region: { startLine: 91 } } }],
    });
    expect(log(withStatus('present')).results[0].level).toBe('note');
    expect(log(withStatus('fixed')).results).toEqual([]);
  });

  it('carries the interleaving: a flow a thread, in one order', () => {
    const flows = log(review).results[0].codeFlows[0].threadFlows;
    expect(flows.map(({ id }: { id: string }) => id)).toEqual(['1', '2']);
    const orders = flows.flatMap(({ locations }: { locations: { executionOrder: number }[] }) =>
      locations.map(({ executionOrder }) => executionOrder),
    );
    expect(new Set(orders).size).toBe(orders.length);
    expect(flows[0].locations.at(-1).executionOrder).toBe(Math.max(...orders));
  });

  it('names what was not analysed', () => {
    expect(log(review).invocations[0].toolExecutionNotifications).toHaveLength(1);
  });
});
