import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matrixCommand } from '../../src/command/matrix.js';
import { stages } from '../../src/command/stages.js';
import type { MatrixReport } from '../../src/finding/matrix.js';
import { scratchFolder } from '../change/scratch.js';
import { expectFile } from '../report/expected.js';
import { makeCases } from '../truth/make-cases.js';
import { fakeHost, flags } from './host.js';

const report: MatrixReport = {
  version: 1,
  trees: [
    { tree: 'trees/4.19.1', version: '4.19.1', problem: null },
    { tree: 'linux-6.12', version: '6.12.1', problem: null },
    { tree: 'nowhere', version: 'nowhere', problem: 'there is no tree at nowhere' },
  ],
  rows: [
    {
      race: 'a-race',
      rule: 'lost-wakeup',
      title: 'A sleeper that nobody wakes',
      seen: 'v4.19',
      cells: [
        { verdict: 'violated', rules: ['lost-wakeup'], bound: 'complete', why: [] },
        { verdict: 'holds', rules: [], bound: 'complete', why: [] },
        { verdict: 'not-analysed', rules: [], bound: null, why: ['there is no tree at nowhere'] },
      ],
    },
    {
      race: 'b-race',
      rule: 'wrong-entry',
      title: 'An entry <script>alert(1)</script> that is "wrong"',
      seen: null,
      cells: [
        { verdict: 'violated', rules: ['null-dereference'], bound: 'complete', why: [] },
        { verdict: 'absent', rules: [], bound: null, why: ['f() does not exist there'] },
        { verdict: 'not-analysed', rules: [], bound: null, why: ['there is no tree at nowhere'] },
      ],
    },
  ],
  disagreements: [
    {
      race: 'b-race',
      version: '4.19.1',
      seen: null,
      verdict: 'violated',
      what: 'no entry says that this was there: null-dereference - f',
    },
  ],
};

async function told(format: string, checkSeen: boolean) {
  const { host, output } = fakeHost({ matrix: () => Promise.resolve(report) });
  const code = await matrixCommand({ ...flags({ tree: ['a'], format }), checkSeen }, host);
  return { code, output: output() };
}

describe('faultline matrix', () => {
  it('draws races by kernels, and where the catalogue says something else when asked', async () => {
    const { code, output } = await told('text', true);
    expect(code).toBe(1);
    expectFile('matrix.txt', output);
    expect((await told('text', false)).code).toBe(0);
    expect((await told('text', false)).output).not.toContain('no entry says');
  });

  it('writes a page that loads nothing, runs nothing and shows what stood in a title as text', async () => {
    const { output } = await told('html', true);
    expectFile('matrix.html', output);
    expect(output).not.toMatch(/<script|\bsrc=|\bhref=|\son\w+=|url\(|@import/i);
    expect(output).toContain('&lt;script>alert(1)&lt;/script>');
    expect(output).toContain("default-src 'none'");
  });

  it('writes the whole document as JSON, disagreements included', async () => {
    expect(JSON.parse((await told('json', false)).output)).toEqual(report);
  });

  it('wants a tree, and has no answer when none can be read', async () => {
    const none = fakeHost();
    expect(await matrixCommand(flags(), none.host)).toBe(2);
    const unread = { ...report, trees: [report.trees[2]!] };
    const { host } = fakeHost({ matrix: () => Promise.resolve(unread) });
    expect(await matrixCommand(flags({ tree: ['nowhere'] }), host)).toBe(3);
  });
});

describe('faultline matrix on two trees', () => {
  it('tells the repaired one from the broken one, by the names in their Makefiles', async () => {
    const cases = scratchFolder();
    makeCases(cases);
    const folder = join(cases, 'second-lookup');
    writeFileSync(
      join(folder, 'pre', 'Makefile'),
      'VERSION = 4\nPATCHLEVEL = 10\nSUBLEVEL = 0\nEXTRAVERSION =\n',
    );
    const { host, output } = fakeHost(stages);
    const tree = [join(folder, 'pre'), join(folder, 'post'), join(folder, 'none')];
    const race = ['dax-pmd-insert-race'];
    const code = await matrixCommand({ ...flags({ tree, race, format: 'json' }), checkSeen: true }, host);
    const answer = JSON.parse(output()) as MatrixReport;
    expect(code).toBe(0);
    expect(answer.trees.map(({ version }) => version)).toEqual(['4.10.0', 'post', 'none']);
    expect(answer.rows[0]!.cells.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'holds',
      'not-analysed',
    ]);
    expect(answer.rows[0]!.cells[0]!.rules[0]).toBe('unlocked-entry-path');
  });
});
