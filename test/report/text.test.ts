import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textReport } from '../../src/report/text.js';
import { widthOf } from '../../src/report/width.js';
import { expectFile } from './expected.js';
import { hostileText, poison } from './hostile.js';
import { context, finding, patch, review, reviewOf, trace } from './sample.js';

const shown = (more = {}) => ({ ...context(), patchName: 'no-second-lookup.patch', elapsedMs: 812, ...more });
const clean = {
  ...patch,
  findings: [],
  notAnalysed: [],
  replays: [{ ...patch.replays[1]!, race: 'a' }, patch.replays[1]!],
};
const blindly = 'not-analysed' as const;
/** Lines that are there to be copied are as long as they are. */
const isCopied = (line: string) => line.includes('faultline replay') || /^\S* in /.test(line);

describe('the text report', () => {
  it('draws two threads in two columns at 100 columns', () => {
    expectFile('review-100.txt', textReport(review, shown()).output);
  });

  it('draws a list where columns would be too narrow', () => {
    expectFile('review-44.txt', textReport(review, shown({ columns: 44 })).output);
  });

  it('draws four threads in four columns at 100 columns', () => {
    const four = trace.map((step, at) => ({
      ...step,
      thread: (at % 4) + 1,
      role: ['a', 'b', 'c', 'd'][at % 4]!,
    }));
    const text = textReport(reviewOf({ ...patch, findings: [{ ...finding, trace: four }] }), shown()).output;
    const head = text.split('\n').find((line) => line.startsWith('  1  a'));
    expect(head).toMatch(/^ {2}1 {2}a +2 {2}b +3 {2}c +4 {2}d$/);
    expect(
      Math.max(
        ...text
          .split('\n')
          .filter((line) => !isCopied(line))
          .map(widthOf),
      ),
    ).toBeLessThanOrEqual(100);
  });

  it('tells the whole of what each thread does over a narrow column', () => {
    const roles = [
      'PTE read fault in another process, index 0',
      'PTE read fault in another process, index 1',
    ];
    const told = trace.map((step) => ({ ...step, role: roles[step.thread - 1]! }));
    const of = reviewOf({ ...patch, findings: [{ ...finding, trace: told }] });
    const lines = textReport(of, shown({ columns: 78 })).output.split('\n');
    const at = lines.findIndex((line) => line.startsWith('  1  PTE'));
    expect(lines.slice(at, at + 3)).toEqual([
      '  1  PTE read fault in another           2  PTE read fault in another',
      '     process, index 0                       process, index 1',
      `  ${'-'.repeat(36)}   ${'-'.repeat(36)}`,
    ]);
  });

  it('repeats in the command what other code would be executed without', () => {
    const config = new Map([['CONFIG_FS_DAX_PMD', 'n']]);
    const { output } = textReport(reviewOf(patch), shown({ config, trees: ['my linux'] }));
    expect(output).toContain("--tree 'my linux' --config CONFIG_FS_DAX_PMD=n");
  });

  it('answers a clean patch in three lines', () => {
    expectFile('clean.txt', textReport(reviewOf(clean), shown()).output);
  });

  it('says when nothing modelled is touched', () => {
    const untouched = { ...clean, touched: [], replays: [] };
    expect(textReport(reviewOf(untouched), shown()).output).toContain(
      'changes the meaning of nothing that a scenario executes',
    );
    expect(textReport(reviewOf(untouched), shown()).output).not.toContain('Nothing introduced');
  });

  it('says when nothing of what is touched was executed', () => {
    const touched = [{ file: 'fs/dax.c', function: 'f', modelled: false, why: 'no scenario executes it' }];
    const { output } = textReport(reviewOf({ ...clean, touched, replays: [], paths: [] }), shown());
    expect(output).toContain('\nNo scenario executes what the patch changes.\n');
  });

  it('says how many functions were run path by path where no scenario executes them', () => {
    const run = { file: 'fs/f.c', paths: 2, assumptions: [], why: null };
    const paths = [
      { ...run, function: 'f', before: 'holds' as const, after: 'holds' as const },
      { ...run, function: 'g', before: 'holds' as const, after: 'not-analysed' as const, why: 'more paths' },
    ];
    const { output } = textReport(reviewOf({ ...clean, touched: [], replays: [], paths }), shown());
    expect(output).toContain('executes. All paths of 1 function were run.');
  });

  it('counts the races that were judged', () => {
    const replays = clean.replays.map((replay, at) => (at === 0 ? replay : { ...replay, after: blindly }));
    expect(textReport(reviewOf({ ...clean, replays }), shown()).output).toContain('1 race replayed');
  });

  it('says what a patch opens for a while', () => {
    const passing = ['lost-wakeup in f()', 'lost-entry in g()'];
    const { output } = textReport(reviewOf({ ...clean, passing }), shown());
    expect(output).toContain('The patch opens lost-wakeup in f() and 1 more, closed by a later patch.');
    expect(output).not.toContain('Nothing introduced');
  });

  it('never says that nothing was introduced of code that the model stands for, or orders otherwise', () => {
    const gap = { what: 'lib/xarray.c', why: 'the model stands for this file', modelled: true };
    const { output } = textReport(
      reviewOf({ ...clean, touched: [], replays: [], notAnalysed: [gap] }),
      shown(),
    );
    expect(output).toContain('No answer');
    expect(output).not.toContain('Nothing introduced');
  });

  it('never says that nothing was introduced of code that went where nothing executes it', () => {
    const replays = clean.replays.map((replay) => ({ ...replay, after: 'absent' as const }));
    const gap = { what: 'fs/dax/core.c', why: 'the patch moves it there', modelled: true };
    const moved = textReport(reviewOf({ ...clean, replays, notAnalysed: [gap] }), shown()).output;
    expect(moved).toContain('No answer');
  });

  it('says of a patch that takes code away that nothing of it is left to judge, and of what is left what holds', () => {
    const gone = clean.replays.map((replay) => ({ ...replay, after: 'absent' as const }));
    const removed = textReport(reviewOf({ ...clean, replays: gone }), shown()).output;
    expect(removed).toContain('takes away what 2 known races execute, and leaves nothing of it to judge.');
    expect(removed).not.toContain('Nothing introduced');
    const half = textReport(reviewOf({ ...clean, replays: [clean.replays[0]!, gone[1]!] }), shown()).output;
    expect(half).toMatch(
      /Nothing introduced\. 1 known race not seen.* What\s+1\s+other\s+race ran on is gone/s,
    );
  });

  it('never says that nothing was introduced beside a finding whose origin is unknown', () => {
    const dubious = { ...clean, findings: [{ ...finding, status: 'unknown-origin' as const }] };
    const { output } = textReport(reviewOf(dubious), shown());
    expect(output).toContain('UNKNOWN ORIGIN');
    expect(output).not.toContain('Nothing introduced');
  });

  it('never says that nothing was introduced when nothing was executed', () => {
    const blind = { ...clean, replays: [{ ...clean.replays[0]!, after: 'not-analysed' as const }] };
    const { output } = textReport(reviewOf(blind), shown());
    expect(output).toContain('none of it was analysed');
    expect(output).not.toContain('Nothing introduced');
  });

  it('says on which code the result rests when that is not the tree of the reader', () => {
    const base = { ...patch.base, method: 'baseline', baseline: true };
    const onBaseline = reviewOf({ ...patch, base, findings: [{ ...finding, onBaseline: true }] });
    const { output } = textReport(onBaseline, shown());
    expect(output).toContain('own baseline of this protocol, not your tree');
    expect(output).toContain("runs on: Faultline's baseline");
  });

  it('calls the checkout one stands in by words, and not by a dot', () => {
    const { output } = textReport(reviewOf({ ...patch, base: { ...patch.base, tree: '.' } }), shown());
    expect(output).toContain('base this checkout, 85abd741a92d, exact, by blob id');
  });

  it('says that there was no code to run a patch on, and that no race was', () => {
    const base = { ...patch.base, method: 'none', baseline: true };
    const gap = { what: 'fs/dax.c', why: 'the baseline does not have what stands around the change' };
    const { output } = textReport(
      reviewOf({ ...clean, base, touched: [], replays: [], notAnalysed: [gap] }),
      shown(),
    );
    expect(output).toContain('base: none, as there is no tree, and no clear place on');
    expect(output).toContain('no race replayed');
    expect(output).not.toMatch(/\b0 (?:functions|races)\b/);
  });

  it('shows the worst first: introduced, unknown origin, fixed, present', () => {
    const statuses = ['present', 'fixed', 'unknown-origin', 'introduced'] as const;
    const all = reviewOf({ ...patch, findings: statuses.map((status) => ({ ...finding, status })) });
    const heads = textReport(all, shown()).output.match(/^(INTRODUCED|UNKNOWN ORIGIN|FIXED|PRESENT)/gm);
    expect(heads).toEqual(['INTRODUCED', 'UNKNOWN ORIGIN', 'FIXED', 'PRESENT']);
  });

  it('leaves out dull runs as "..." and shows them when everything is to be explained', () => {
    expect(textReport(review, shown()).output).not.toContain('order_of');
    expect(textReport(review, shown({ explain: true })).output).toContain('order_of');
  });

  it('tells what was taken for granted of paths when everything is to be explained, and else that it can', () => {
    const one = review.patches[0]!;
    const seen = { ...one.replays[0]!, before: 'violated' as const };
    const quiet = { ...review, patches: [{ ...one, findings: [], replays: [seen], notAnalysed: [] }] };
    const { output } = textReport(quiet, shown({ explain: true }));
    expect(output).toContain('ran all paths of claim_slot(): holds before, holds after, 12 paths');
    expect(output).toContain(
      'assumes: a page that was read through an argument may stay locked for the caller',
    );
    expect(textReport(quiet, shown()).output).toContain('Nothing introduced (assumptions: --explain).');
  });

  it('gives the same bytes without a clock', () => {
    const once = textReport(review, context()).output;
    expect(once).toBe(textReport(structuredClone(review), context()).output);
    expect(once).not.toMatch(/\d s$/m);
  });

  it('colours only when it is asked to', () => {
    expect(textReport(review, shown()).output).not.toContain('\x1b');
    expect(textReport(review, shown({ colour: true })).output).toContain('\x1b[31m');
  });

  it('stays within its columns and prints nothing that steers a terminal, whatever the result says', () => {
    const width = fc.integer({ min: 40, max: 200 });
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 30 }), width, (texts, columns) => {
        const { output } = textReport(poison(review, texts), shown({ columns, explain: true }));
        expect(output).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
        const drawn = output.split('\n').filter((line) => / \| |^ {2}\d {2}/.test(line));
        for (const line of drawn) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 200 },
    );
  });
});
