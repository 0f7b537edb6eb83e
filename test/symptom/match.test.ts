import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueCommand } from '../../src/command/catalogue.js';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import { matchReport } from '../../src/symptom/match.js';
import { readReport } from '../../src/symptom/read-report.js';
import { fakeHost, flags } from '../cli/host.js';
import { expectFile } from '../report/expected.js';

const folder = new URL('../../fixtures/reports/', import.meta.url);
const reports = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

async function told(name: string, format = 'text') {
  const { host, output } = fakeHost(stages, {
    readInput: () => Promise.resolve(readFileSync(new URL(name, folder))),
  });
  const code = await catalogueCommand(undefined, { ...flags({ format }), match: '-' }, host);
  return { code, output: output() };
}

describe('faultline catalogue --match', () => {
  const races: Record<string, string[]> = {
    'pte-under-huge-page.txt': ['dax-pmd-insert-race', 'dax-pte-under-pmd'],
    'layouts-for-ever.txt': ['dax-layout-livelock'],
    'asleep-on-an-entry.txt': ['dax-pmd-waits-for-pte', 'dax-invalidate-wakes-all'],
    'another-part-of-the-kernel.txt': [],
    'a-mail-about-a-commit.txt': ['dax-unlock-pmd-flag', 'dax-lock-inode-rcu', 'dax-unlock-wrong-value'],
  };
  for (const name of reports) {
    it(`tells what ${name} shows`, () => {
      expect(matchReport(textOf(name)).matches.map(({ race }) => race)).toEqual(races[name]);
    });
  }

  it('gives its reasons', async () => {
    const report = {
      version: 1 as const,
      symptoms: ['hung task'],
      functions: ['schedule', 'f'],
      kernel: '5.0.1',
      matches: [
        {
          race: 'a-race',
          rule: 'lost-wakeup',
          title: 'A sleeper that nobody wakes',
          seen: 'v4.20..v5.2',
          fixed: null,
          advice: 'wake the next one',
          why: ['the trace goes through f()', 'hung task is what lost-wakeup can look like'],
        },
      ],
    };
    const { host, output } = fakeHost({ match: () => Promise.resolve(report) });
    expect(await catalogueCommand(undefined, { ...flags(), match: '-' }, host)).toBe(0);
    expectFile('match.txt', output());
  });

  it('answers as grep does, and by a document that its schema accepts', async () => {
    const schema = new URL('../../src/report/schema/match.json', import.meta.url);
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    const fits = await told('pte-under-huge-page.txt', 'json');
    const none = await told('another-part-of-the-kernel.txt', 'json');
    expect([fits.code, none.code]).toEqual([0, 1]);
    for (const { output } of [fits, none]) {
      validate(JSON.parse(output));
      expect(validate.errors).toBeNull();
    }
  });
});

describe('what a report shows', () => {
  const best = (text: string) => matchReport(text).matches[0]?.race;

  it('is no race that the reporting kernel cannot have had', () => {
    const oops = textOf('pte-under-huge-page.txt');
    expect(best(oops)).toBe('dax-pmd-insert-race');
    expect(matchReport(oops.replace('4.10.0', '6.12.1')).matches).toEqual([]);
  });

  it('is no race whose violation looks otherwise', () => {
    const hung = textOf('asleep-on-an-entry.txt');
    expect(best(hung)).toBe('dax-pmd-waits-for-pte');
    const other = hung.replace(/^INFO.*$/m, 'BUG: sleeping function called from invalid context');
    expect(matchReport(other).matches.map(({ race }) => race)).not.toContain('dax-pmd-waits-for-pte');
  });

  it('is not told by a frame that the kernel itself doubts', () => {
    expect(readReport(' ? insert_pfn+0x1/0x2\n vm_insert_mixed.cold+0x1/0x2').traced).toEqual([
      'vm_insert_mixed',
    ]);
  });

  it('is nothing when the text is empty or only names what every fault goes through', () => {
    expect(matchReport('').matches).toEqual([]);
    expect(matchReport('the oops was in handle_mm_fault() and do_page_fault()').matches).toEqual([]);
  });

  it('is read in time whatever the text is', () => {
    const hostile = [
      'a+0x1/0x2 '.repeat(300_000),
      `${'_'.repeat(2_000_000)}()`,
      'CPU: 1 '.repeat(200_000),
      '0'.repeat(2_000_000),
      '> '.repeat(900_000),
      `Tainted: ${'G '.repeat(100_000)}`,
    ];
    for (const text of hostile) {
      const start = performance.now();
      expect(matchReport(text).matches).toEqual([]);
      expect(performance.now() - start).toBeLessThan(15_000);
    }
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => matchReport(text).matches.length <= 5));
  });
});

describe('a review of a mail without a patch', () => {
  const reviewed = async (name: string, format: string) => {
    const bytes = readFileSync(new URL(name, folder));
    const { host, output, said } = fakeHost(stages, { readInput: () => Promise.resolve(bytes) });
    const code = await reviewCommand('-', { ...flags({ format }), failOn: 'introduced' }, host);
    return { code, output: output(), said: said() };
  };

  it('ends with 3 and names the races that the mail is about', async () => {
    const { code, output, said } = await reviewed('pte-under-huge-page.txt', 'text');
    expect({ code, said }).toEqual({ code: 3, said: 'faultline: no patch in this message\n' });
    expect(output).toContain('\ndax-pmd-insert-race  unlocked-entry-path\n');
  });

  it('names none where none fits, or where a program reads the answer', async () => {
    expect(await reviewed('another-part-of-the-kernel.txt', 'text')).toMatchObject({ code: 3, output: '' });
    expect(await reviewed('pte-under-huge-page.txt', 'json')).toMatchObject({ code: 3, output: '' });
  });
});
