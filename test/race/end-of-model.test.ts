import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-pmd-insert-race')!;
const code = readBaseline(race.era);

/** Inserts each new entry far behind the end of the largest file that the world has. */
function farAway({ files, baseline }: Code): Code {
  const insert = '\terr = __radix_tree_insert(';
  const text = files.get('fs/dax.c')!.replace(insert, `\tindex += 1 << 20;\n${insert}`);
  return { files: new Map(files).set('fs/dax.c', text), baseline };
}

describe('code that does what the world has no room for', () => {
  const [before, after] = [judge(race, code), judge(race, farAway(code))];

  it('is not said to break anything, and not to be clean', () => {
    expect(before.verdict).toBe('holds');
    expect(after).toMatchObject({ verdict: 'not-analysed', violations: [] });
    expect(after.why).toEqual(['an index is beyond the largest file of the world: the model ends there']);
    expect(compare(before, after)).toEqual([]);
    expect(compare(after, before)).toEqual([]);
  });
});
