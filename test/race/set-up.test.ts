import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { judge } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-writeback-whole-pmd')!;

/** Code of the race's era, in which every huge fault, or under a condition, gives up before it has looked at anything. */
function withoutHugePages(condition = ''): Code {
  const { files, baseline } = readBaseline(race.era);
  const text = files.get('fs/dax.c')!;
  const body = /\n(static )?vm_fault_t dax_iomap_pmd_fault\([^)]*\)\n\{\n/.exec(text)!;
  const at = body.index + body[0].length;
  const gone = '\tif (vmf->pgoff < ~0UL)\n\t\treturn VM_FAULT_FALLBACK;\n';
  const early = condition === '' ? gone : `${condition}\n${gone}#endif\n`;
  const made = `${text.slice(0, at)}${early}${text.slice(at)}`;
  return { files: new Map([...files, ['fs/dax.c', made]]), baseline };
}

describe('a scenario whose set-up cannot make the huge page that it is about', () => {
  const outcome = judge(race, withoutHugePages());

  it('does not hold, but is not analysed', () => {
    expect(judge(race, readBaseline(race.era)).verdict).toBe('holds');
    expect(outcome.verdict).toBe('not-analysed');
    expect(outcome.why.join()).toContain('the set-up fails: a huge fault finds no way');
  });
});

it('nobody falls back from huge pages that the configuration leaves out', () => {
  const code = withoutHugePages('#ifndef CONFIG_FS_DAX_PMD');
  const config = new Map([['CONFIG_FS_DAX_PMD', 'n']]);
  for (const id of ['dax-conflict-of-nothing', 'dax-pmd-insert-race']) {
    const one = readCatalogue().find((each) => each.id === id)!;
    expect(judge(one, code).verdict).toBe('holds');
    expect(judge(one, code, { config }).verdict).toBe('holds');
  }
});
