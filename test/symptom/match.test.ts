import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueCommand } from '../../src/command/catalogue.js';
import { stages } from '../../src/command/stages.js';
import { matchReport } from '../../src/symptom/match.js';
import { readReport } from '../../src/symptom/read-report.js';
import { fakeWorld, flags } from '../cli/world.js';
import { expectFile } from '../report/expected.js';

const folder = new URL('../../fixtures/reports/', import.meta.url);
const reports = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

async function told(name: string, format = 'text') {
  const { world, output } = fakeWorld(stages, {
    readInput: () => Promise.resolve(readFileSync(new URL(name, folder))),
  });
  const code = await catalogueCommand(undefined, { ...flags({ format }), match: '-' }, world);
  return { code, output: output() };
}

describe('faultline catalogue --match', () => {
  for (const name of reports) {
    it(`tells what ${name} shows`, async () => {
      expectFile(`match-${name}`, (await told(name)).output);
    });
  }

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
      expect(performance.now() - start).toBeLessThan(2000);
    }
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => matchReport(text).matches.length <= 5));
  });
});
