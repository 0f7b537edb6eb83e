import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { doJob, missingTrees, treesFor } from '../../src/job/do-job.js';
import { runCell } from '../../src/job/run-cell.js';
import { HopelessJob } from '../../src/queue/queue.js';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)));
const options = { trees: [], races: ['dax-pmd-insert-race'], full: false, config: new Map<string, string>() };
const never = new AbortController().signal;
const usual = { options, limitMs: 150_000, limitBytes: 2 ** 30 };

// A machine that has other work is patient.
vi.setConfig({ testTimeout: 180_000 });

/** Processes of cells that this one has begun and that have not ended. */
function cells(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const parent = /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      const isOurs = parent === String(process.pid);
      return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/job/cell.');
    } catch {
      return false;
    }
  });
}

describe('a process that has reviewed', () => {
  it('reviews the next series as a fresh one would, if it ended well', async () => {
    const review = (name: string) => runCell({ ...usual, mbox: fixture(name) }, never);
    const fresh = await review('no-second-lookup.mbox');
    const first = cells();
    expect(first).toHaveLength(1);
    for (const name of ['recheck-pmd.mbox', 'bad/prose.patch', 'opens-and-closes.mbox']) await review(name);
    const again = await review('no-second-lookup.mbox');
    expect(cells()).toEqual(first);
    expect(again.outcome).toBe('reviewed');
    expect(again).toEqual(fresh);
  });

  it('is not used again after it was broken, nor for other limits', async () => {
    const before = cells();
    const other = { ...usual, limitBytes: 2 ** 29, mbox: fixture('bad/prose.patch') };
    await runCell(other, never);
    const [second] = cells();
    expect(before).not.toContain(second);
    const elsewhere = { ...options, trees: ['/nowhere/at/all'] };
    await runCell({ ...other, options: elsewhere, mbox: fixture('no-second-lookup.mbox') }, never);
    expect(cells()).toEqual([]);
  });
});

describe('a review in a process of its own', () => {
  it('answers what the review says', async () => {
    const answer = await runCell({ ...usual, mbox: fixture('no-second-lookup.mbox') }, never);
    if (answer.outcome !== 'reviewed') throw new Error(JSON.stringify(answer));
    expect(answer.report.patches[0]?.findings[0]).toMatchObject({
      status: 'introduced',
      rule: 'unlocked-entry-path',
    });
  });

  it('refuses what cannot be read, and blames no patch for a tree that is not there', async () => {
    const bad = await runCell({ ...usual, mbox: fixture('bad/prose.patch') }, never);
    expect(bad.outcome).toBe('refused');
    const elsewhere = { ...options, trees: ['/nowhere/at/all'] };
    const broken = await runCell(
      { ...usual, options: elsewhere, mbox: fixture('no-second-lookup.mbox') },
      never,
    );
    expect(broken).toMatchObject({ outcome: 'broken' });
  });

  it('is ended when it takes too long', async () => {
    const mbox = fixture('no-second-lookup.mbox');
    const begin = Date.now();
    const answer = await runCell(
      { ...usual, options: { ...options, races: [] }, mbox, limitMs: 1000 },
      never,
    );
    expect(answer).toEqual({ outcome: 'not-analysed', limit: 'time', why: 'more than 1 s' });
    expect(Date.now() - begin).toBeLessThan(15_000);
  });

  it('is ended when it takes too much memory', async () => {
    const mbox = fixture('no-second-lookup.mbox');
    const answer = await runCell(
      { ...usual, options: { ...options, races: [] }, mbox, limitBytes: 120 * 2 ** 20 },
      never,
    );
    expect(answer).toEqual({ outcome: 'not-analysed', limit: 'memory', why: 'more than 120 MB' });
  });

  it('is ended when nobody wants it any more', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    const task = { ...usual, options: { ...options, races: [] }, mbox: fixture('no-second-lookup.mbox') };
    const answer = await runCell(task, stop.signal);
    expect(answer).toMatchObject({ outcome: 'broken', why: 'the process of the review ended (SIGKILL)' });
  });
});

describe('a job', () => {
  const limits = { jobs: 1, reviewTime: 150_000, reviewMemory: 2 ** 30, drain: 1000 };

  it('that holds no mails is hopeless', async () => {
    for (const data of [null, 1, { mbox: 1, lists: [], words: [] }, { mbox: '', lists: 'a', words: [] }])
      await expect(doJob({ id: 'a', data, attempt: 1 }, { trees: [], limits }, never)).rejects.toThrow(
        HopelessJob,
      );
  });

  it('that breaks is tried once more, and then recorded as broken', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const mbox = deflateRawSync(fixture('no-second-lookup.mbox')).toString('base64');
    const data = { mbox, lists: [], words: [] };
    // A file that is no tarball.
    const settings = { trees: [{ path: fileURLToPath(import.meta.url), lists: [], prefixes: [] }], limits };
    await expect(doJob({ id: 'a', data, attempt: 1 }, settings, never)).rejects.toThrow('run-cell.test.ts');
    expect(await doJob({ id: 'a', data, attempt: 2 }, settings, never)).toMatchObject({
      outcome: 'not-analysed',
      limit: 'crash',
    });
  });

  it('is done without a tree that is not there', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const mbox = deflateRawSync(fixture('bad/prose.patch')).toString('base64');
    const settings = { trees: [{ path: '/nowhere/at/all', lists: [], prefixes: [] }], limits };
    const data = { mbox, lists: [], words: [] };
    expect(missingTrees(settings)).toEqual(['/nowhere/at/all']);
    expect(await doJob({ id: 'a', data, attempt: 1 }, settings, never)).toMatchObject({ outcome: 'refused' });
  });
});

describe('the trees of a review', () => {
  const trees = [
    { path: '/all', lists: [], prefixes: [] },
    { path: '/nvdimm', lists: ['nvdimm@lists.linux.dev'], prefixes: [] },
    { path: '/next', lists: [], prefixes: ['net-next'] },
  ];

  it('are those for everybody, for a list of the series, and first the one that its subject names', () => {
    expect(treesFor({ trees }, { lists: [], words: [] })).toEqual(['/all']);
    expect(treesFor({ trees }, { lists: ['nvdimm@lists.linux.dev'], words: ['RFC'] })).toEqual([
      '/all',
      '/nvdimm',
    ]);
    expect(treesFor({ trees }, { lists: [], words: ['NET-next'] })).toEqual(['/next', '/all']);
  });
});
