import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { survey } from '../../simulator/c/survey.js';
import { readModel } from '../../src/code/model.js';
import { readBaseline } from '../../src/race/baseline.js';

const eras = readdirSync('simulator/baseline');
const fixtures = readdirSync('fixtures').filter((name) => name.endsWith('.mbox'));
const mailsOf = (text: string) => text.split(/^(?=From [0-9a-f]{40} )/m).filter((mail) => mail !== '');

/** Whether the first patch of a fixture applies to an era's files. */
function applies(fixture: string, era: string): boolean {
  const [input] = mailsOf(readFileSync(join('fixtures', fixture), 'utf8'));
  const directory = join('simulator', 'baseline', era);
  try {
    execFileSync('git', ['apply', '--check', `--directory=${directory}`, '-'], { input, stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

describe('the baselines', () => {
  it('have fixtures to be tried with', () => {
    expect(eras).toEqual(
      expect.arrayContaining([
        'get-block',
        'get-block-entry',
        'merged-xarray',
        'page-count',
        'radix',
        'xarray',
      ]),
    );
    expect(fixtures.length).toBeGreaterThan(0);
  });

  for (const era of eras) {
    for (const [path, text] of readBaseline(era).files) {
      it(`are understood to the last function: ${era} ${path}`, () => {
        const { failures } = survey({ path, text, origin: 'baseline' }, readModel().headers);
        expect(failures).toEqual([]);
      });
    }

    const text = readBaseline(era).files.get('fs/dax.c');
    if (text === undefined) continue;
    it(`have ${era}'s fs/dax.c without a guess`, () => {
      expect(survey({ path: 'fs/dax.c', text, origin: 'baseline' }, readModel().headers).guesses).toEqual([]);
    });
  }

  for (const fixture of fixtures) {
    it(`take the patch of fixtures/${fixture} in exactly one era`, () => {
      expect(eras.filter((era) => applies(fixture, era))).toHaveLength(1);
    });
  }
});
