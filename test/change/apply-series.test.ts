import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applySeries } from '../../src/change/apply-series.js';
import { readPatch } from '../../src/change/read-patch.js';
import { readMessages } from '../../src/mail/read.js';
import { gatherSeries } from '../../src/series/gather.js';
import { gitIn, scratchFolder, sourceWith, treeAt, writeTree } from './scratch.js';

const scratch = scratchFolder();
const file = 'fs/dax.c';
const versions = ['return 1;', 'return 2;', 'return 3;', 'return 4;'].map(sourceWith);

/** A repository in which each commit changes the same line; the last one also adds a file. */
function repository(name: string): string {
  const folder = join(scratch, name);
  writeTree(folder, { [file]: versions[0]! });
  gitIn(folder, 'init', '-q');
  for (const [index, text] of versions.entries()) {
    writeTree(folder, { [file]: text, ...(index === 2 ? { 'fs/new.c': 'int fresh;\n' } : {}) });
    gitIn(folder, 'add', '-A');
    gitIn(folder, 'commit', '-qm', `dax: step ${index}`);
  }
  return folder;
}

async function patchesOf(folder: string, range: string) {
  const read = await readMessages(
    Buffer.from(gitIn(folder, 'format-patch', '--stdout', '--cover-letter', range)),
  );
  if ('problem' in read) throw new Error(read.problem);
  const series = gatherSeries(read.messages);
  return { series, patches: series.patches.map(readPatch) };
}

describe('a series', () => {
  const folder = repository('kernel');

  it('is applied patch by patch, each on what the one before left', async () => {
    const { series, patches } = await patchesOf(folder, 'HEAD~3..HEAD');
    expect(series).toMatchObject({ status: 'complete', missing: [] });
    const changes = await applySeries(patches, [await treeAt(folder)]);
    expect(changes.map((change) => change.why)).toEqual([undefined, undefined, undefined]);
    expect(changes.map((change) => change.before.get(file))).toEqual(versions.slice(0, 3));
    expect(changes.map((change) => change.after.get(file))).toEqual(versions.slice(1));
    expect(changes.map((change) => change.base.method)).toEqual(['blob', 'previous', 'previous']);
    expect(changes.every((change) => change.base.exact)).toBe(true);
  });

  it('shows each patch the files that an earlier one changed', async () => {
    const { patches } = await patchesOf(folder, 'HEAD~3..HEAD');
    const changes = await applySeries(patches, [await treeAt(folder)]);
    // Patch 2 adds fs/new.c, patch 3 does not touch it.
    expect(await changes[1]!.around('fs/new.c')).toBeUndefined();
    expect(await changes[2]!.around('fs/new.c')).toBe('int fresh;\n');
  });

  it('stops at the first patch that does not apply and says which', async () => {
    const { patches } = await patchesOf(folder, 'HEAD~3..HEAD');
    const other = await treeAt(writeTree(join(scratch, 'other'), { [file]: sourceWith('return 9;') }));
    const changes = await applySeries(patches, [other]);
    expect(changes.map((change) => change.status)).toEqual(['not-applied', 'not-applied', 'not-applied']);
    expect(changes[0]!.why).toContain('fs/dax.c, hunk 1');
    expect(changes[2]!.why).toContain('patch 1 of the input, which comes before it, does not apply');
  });

  it('takes the first tree on which it applies, and tells of the others', async () => {
    const { patches } = await patchesOf(folder, 'HEAD~3..HEAD');
    const wrong = await treeAt(writeTree(join(scratch, 'wrong'), { [file]: sourceWith('return 9;') }));
    const right = await treeAt(writeTree(join(scratch, 'right'), { [file]: versions[0]! }));
    const [change] = await applySeries(patches, [wrong, right]);
    expect(change!.base.tree).toBe(right.name);
    expect(change!.base.tries.map((step) => step.outcome === 'found')).toEqual([false, true]);
  });

  it('whose later patches do not apply is told with the state that takes most, and with the patch that failed', async () => {
    const { patches } = await patchesOf(folder, 'HEAD~3..HEAD');
    const [one, , three] = patches;
    const changes = await applySeries([one!, three!], [await treeAt(folder)]);
    expect(changes.map((change) => change.status)).toEqual(['applied', 'not-applied']);
    expect(changes[1]!.why).toContain(
      "fs/dax.c, hunk 1: it expects other lines at line 15: expected 'return 3;'",
    );
    const [step] = changes[0]!.base.tries;
    expect(step).toMatchObject({ method: 'blob', kind: 'context-differs', patch: 2, file, hunk: 1 });
    expect(step!.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it('goes to the state that takes all of it, not to the first that takes its first patch', async () => {
    const other = writeTree(join(scratch, 'branches'), { [file]: versions[0]!, 'fs/two.c': 'int wrong;\n' });
    gitIn(other, 'init', '-q');
    gitIn(other, 'add', '-A');
    gitIn(other, 'commit', '-qm', 'main');
    gitIn(other, 'checkout', '-qb', 'right');
    writeTree(other, { 'fs/two.c': 'int two;\n' });
    gitIn(other, 'commit', '-qam', 'right');
    gitIn(other, 'checkout', '-qb', 'work');
    for (const [path, text] of [
      [file, versions[1]!],
      ['fs/two.c', 'int three;\n'],
    ] as const) {
      writeTree(other, { [path]: text });
      gitIn(other, 'commit', '-qam', `change ${path}`);
    }
    const { patches } = await patchesOf(other, 'HEAD~2..HEAD');
    gitIn(other, 'checkout', '-q', 'main');
    gitIn(other, 'branch', '-qD', 'work');
    const bare = patches.map((patch) => ({
      ...patch,
      message: { ...patch.message, date: undefined },
      files: patch.files.map((one) => ({ ...one, oldBlob: undefined })),
    }));
    const [first] = await applySeries(bare, [await treeAt(other)]);
    expect(first!.base).toMatchObject({ method: 'applies', label: 'right' });
    expect(first!.base.tries.filter(({ patch }) => patch === 2)).toMatchObject([
      {
        kind: 'context-differs',
        file: 'fs/two.c',
        outcome: expect.stringMatching(/^patch 2: fs\/two\.c, hunk 1: /),
      },
    ]);
  });
});
