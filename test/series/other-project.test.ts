import { describe, expect, it } from 'vitest';
import { gatherSeries } from '../../src/series/gather.js';
import { posted } from './posted.js';

async function gather(subject: string) {
  return gatherSeries(await posted(subject));
}

describe('a patch for another project', () => {
  it.each([
    ['[PATCH xfstests] dax: test', 'xfstests'],
    ['[ndctl PATCH v2 1/1] test: x', 'ndctl'],
    ['[PATCH] ndctl/list: x', 'ndctl'],
    ['[PATCH e2fsprogs] x', 'e2fsprogs'],
    ['[Qemu-devel] [PATCH v4] nvdimm: x', 'qemu'],
    ['[PATCH] dax: ndctl is wrong', undefined],
    ['[PATCH constructor] dax: a word that every object has', undefined],
    ['[PATCH] nvdimm/btt: x', undefined],
  ])('%s: %s', async (subject, project) => {
    expect((await gather(subject)).project).toBe(project);
  });
});
