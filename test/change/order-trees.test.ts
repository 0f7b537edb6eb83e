import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrees } from '../../src/change/open-all.js';
import { orderTrees } from '../../src/change/order-trees.js';
import { gatherSeries } from '../../src/series/gather.js';
import { posted } from '../series/posted.js';
import { scratchFolder, writeTree } from './scratch.js';

const scratch = scratchFolder();
const folder = writeTree(join(scratch, 'a'), { 'fs/dax.c': 'int a;\n' });
const odd = writeTree(join(scratch, 'linux=old'), { 'fs/dax.c': 'int b;\n' });

async function namesFor(wheres: string[], subject: string, headers: string[] = []) {
  const trees = await openTrees(wheres);
  if (!Array.isArray(trees)) throw new Error(trees.problem);
  const series = gatherSeries(await posted({ subject, headers }));
  return orderTrees(trees, series).map((tree) => tree.for ?? tree.name);
}

describe('trees that were given for a list or a word', () => {
  const wheres = [`mm-unstable=${folder}`, folder, `linux-fsdevel@vger.kernel.org=${folder}`];

  it('come first for a series whose subject has the word', async () => {
    expect((await namesFor(wheres, '[PATCH mm-unstable v2] x'))[0]).toBe('mm-unstable');
    expect((await namesFor(wheres, '[PATCH v2] mm-unstable: x'))[0]).toBe(folder);
  });

  it('come first for a series that came through the list', async () => {
    const list = ['List-Id: <linux-fsdevel.vger.kernel.org>'];
    expect((await namesFor(wheres, '[PATCH] x', list))[0]).toBe('linux-fsdevel@vger.kernel.org');
    const other = ['List-Id: <linux-fsdevel-2.vger.kernel.org>'];
    expect((await namesFor(wheres, '[PATCH] x', other))[0]).toBe(folder);
  });

  it('come last for every other, and are tried all the same', async () => {
    expect(await namesFor(wheres, '[PATCH] x')).toEqual([
      folder,
      'mm-unstable',
      'linux-fsdevel@vger.kernel.org',
    ]);
  });

  it('are not seen in a path that has an equals sign of its own', async () => {
    expect(await namesFor([odd], '[PATCH] x')).toEqual([odd]);
  });
});
