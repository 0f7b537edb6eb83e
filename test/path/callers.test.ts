import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { openTrees } from '../../src/change/open-all.js';
import { changesOf } from '../../src/code/changes-of.js';
import { isProblem } from '../../src/finding/problem.js';
import { replayPathWitness } from '../../src/path/replay-path-witness.js';
import { reviewPaths } from '../../src/path/review-paths.js';

const folder = fileURLToPath(new URL('callers', import.meta.url));
const patch = readFileSync(`${folder}/for-some.patch`);
const config = new Map<string, string>();

async function readChange(): Promise<Change> {
  const trees = await openTrees([folder]);
  if (!Array.isArray(trees)) throw new Error(trees.problem);
  const changes = await changesOf(patch, trees, undefined);
  if (!Array.isArray(changes)) throw new Error(changes.problem);
  return changes[0]!;
}

/** What is said of the lock that is taken for some. */
async function said(change: Change) {
  const { findings } = await reviewPaths(change, { config });
  return findings.filter(({ rule }) => rule === 'locking-assumption');
}

describe('a lock that is taken for some callers only', () => {
  it('is told with the callers that do not hold it, and with none that does or need not', async () => {
    const [finding, ...others] = await said(await readChange());
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ status: 'introduced', location: { function: 'walk', line: 8 } });
    expect(finding?.message).toContain('forgets() does not hold that lock, unlike holds(), calls_with_it()');
    expect(finding?.alsoSeenAs).toHaveLength(1);
    expect(finding?.alsoSeenAs[0]).toContain('lets_go()');
  });

  it('is fixed by who takes it for all', async () => {
    const change = await readChange();
    const undone = { ...change, before: change.after, after: change.before, files: [] };
    expect((await said(undone)).map(({ status }) => status)).toEqual(['fixed']);
  });

  it('is left alone where nobody is known to hold it: it may be none that callers have to do with', async () => {
    const change = await readChange();
    const lonely = (text: string) => text.slice(0, text.indexOf('/* It holds the lock')) + forgets;
    const only = (files: Map<string, string>) =>
      new Map([...files].map(([path, text]) => [path, lonely(text)]));
    expect(await said({ ...change, before: only(change.before), after: only(change.after) })).toEqual([]);
  });

  it('is left alone where the others take a lock under a name that says not which', async () => {
    const change = await readChange();
    const [path, text] = [...change.after][0]!;
    const tries = 'if (house->flags & SHARED) {\n if (!rooms_trylock(house)) return; } else\n';
    const after = text.replace('if (!(house->flags & SHARED))\n', tries);
    expect(after).not.toBe(text);
    expect(await said({ ...change, after: new Map([[path, after]]) })).toEqual([]);
  });

  it('is shown again by its witness', async () => {
    const [finding] = await said(await readChange());
    const options = { trees: [folder], patch, config, full: false, races: [] };
    const report = await replayPathWitness(finding?.witness ?? '', options);
    if (isProblem(report)) throw new Error(report.problem);
    expect(report).toMatchObject({ outcome: 'reproduced', finding: { rule: 'locking-assumption' } });
  });
});

const forgets = 'void forgets(struct house *house) { walk(house); }\n';
