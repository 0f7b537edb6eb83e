import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openTrees } from '../../src/change/open-all.js';
import { changesOf } from '../../src/code/changes-of.js';
import { isProblem } from '../../src/finding/problem.js';
import { replayPathWitness } from '../../src/path/replay-path-witness.js';
import { reviewPaths } from '../../src/path/review-paths.js';

const folder = fileURLToPath(new URL('opened', import.meta.url));
const patch = (name: string) => readFileSync(`${folder}/${name}.patch`);

async function reviewed(name: string, config = new Map<string, string>()) {
  const trees = await openTrees([folder]);
  if (!Array.isArray(trees)) throw new Error(trees.problem);
  const changes = await changesOf(patch(name), trees, undefined);
  if (!Array.isArray(changes)) throw new Error(changes.problem);
  return reviewPaths(changes[0]!, { config });
}

describe('code that the usual configuration leaves out', () => {
  it('is run in one that has it, which the finding says', async () => {
    const { findings, notAnalysed } = await reviewed('forgets');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: 'lock-leak', status: 'introduced' });
    expect(findings[0]?.location.function).toBe('dusts');
    expect(findings[0]?.assumptions).toContain('the configuration has CONFIG_DEEP_SHELVES=y');
    expect(notAnalysed).toEqual([]);
  });

  it('is run again by the witness', async () => {
    const { findings } = await reviewed('forgets');
    const options = { trees: [folder], patch: patch('forgets'), config: new Map(), races: [], full: false };
    const report = await replayPathWitness(findings[0]!.witness, options);
    if (isProblem(report)) throw new Error(report.problem);
    expect(report.outcome).toBe('reproduced');
  });

  it('stays left out where somebody has set a configuration, and is told', async () => {
    const { findings, notAnalysed } = await reviewed('forgets', new Map([['CONFIG_SMP', 'y']]));
    expect(findings).toEqual([]);
    expect(notAnalysed.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'mm/shelves.c: what #if defined ( CONFIG_DEEP_SHELVES ) && defined ( CONFIG_SMP ) leaves out is not read (--config sets another configuration)',
    ]);
  });

  it('is told where no configuration has it', async () => {
    const { notAnalysed } = await reviewed('widens');
    expect(notAnalysed.map(({ why }) => why)).toEqual(['what #ifdef SHELF_IS_WIDE leaves out is not read']);
  });
});
