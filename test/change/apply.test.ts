import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBaseline } from '../../src/change/baseline-tree.js';
import { applyPatch } from './apply-patch.js';
import { patchOf } from './plain-message.js';
import { gitIn, scratchFolder, sourceWith, treeAt, writeTree } from './scratch.js';

const scratch = scratchFolder();
let count = 0;

/** The diff between two sets of files, as git writes it with these options. */
function diffOf(before: Record<string, string>, after: Record<string, string>, ...options: string[]): string {
  const folder = join(scratch, `diff-${count++}`);
  writeTree(join(folder, 'old'), before);
  writeTree(join(folder, 'new'), after);
  gitIn(folder, 'init', '-q');
  gitIn(folder, '--work-tree=old', 'add', '-A');
  gitIn(folder, 'commit', '-qm', 'old');
  gitIn(folder, '--work-tree=new', 'add', '-A');
  return gitIn(folder, 'diff', '--cached', ...options, 'HEAD');
}

async function folderWith(files: Record<string, string>) {
  return treeAt(writeTree(join(scratch, `tree-${count++}`), files));
}

const one = { 'fs/dax.c': sourceWith('return look();') };
const two = { 'fs/dax.c': sourceWith('return lock_and_look();') };

describe('a patch on a folder', () => {
  it('gives the files before and after, and says that they are the exact ones', async () => {
    const change = await applyPatch(patchOf(diffOf(one, two)), await folderWith(one));
    expect(change.why).toBeUndefined();
    expect(change.status).toBe('applied');
    expect(Object.fromEntries(change.before)).toEqual(one);
    expect(Object.fromEntries(change.after)).toEqual(two);
    expect(change.base).toMatchObject({ method: 'folder', exact: true, baseline: false });
  });

  it('applies with an offset, and says that the file is another one', async () => {
    const moved = { 'fs/dax.c': `int new_line;\n${one['fs/dax.c']}` };
    const change = await applyPatch(patchOf(diffOf(one, two)), await folderWith(moved));
    expect(change.after.get('fs/dax.c')).toBe(`int new_line;\n${two['fs/dax.c']}`);
    expect(change.base.exact).toBe(false);
  });

  it('adds, deletes and renames files', async () => {
    const before = { 'fs/a.c': sourceWith('return 1;'), 'fs/b.c': sourceWith('return 2;') };
    const after = { 'fs/c.c': sourceWith('return 1;'), 'mm/d.c': 'int d;\n' };
    const change = await applyPatch(patchOf(diffOf(before, after, '-M')), await folderWith(before));
    expect(change.files.map((file) => file.kind).sort()).toEqual(['add', 'delete', 'rename']);
    expect(Object.fromEntries(change.after)).toEqual(after);
    expect(Object.fromEntries(change.before)).toEqual(before);
  });

  it('reads paths without a prefix and with unusual bytes', async () => {
    const before = { 'fs/dä x.c': sourceWith('return 1;') };
    const after = { 'fs/dä x.c': sourceWith('return 2;') };
    for (const options of [[], ['--no-prefix']]) {
      const change = await applyPatch(patchOf(diffOf(before, after, ...options)), await folderWith(before));
      expect(Object.fromEntries(change.after)).toEqual(after);
    }
  });

  it('leaves a binary file and a symbolic link out and says so', async () => {
    const link =
      'diff --git a/fs/l b/fs/l\nnew file mode 120000\nindex 0000000..1111111\n--- /dev/null\n+++ b/fs/l\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n';
    const binary =
      'diff --git a/fs/b.bin b/fs/b.bin\nindex 1111111..2222222 100644\nBinary files a/fs/b.bin and b/fs/b.bin differ\n';
    const patch = patchOf(link + binary + diffOf(one, two));
    const change = await applyPatch(patch, await folderWith(one));
    expect(patch.problems.map((problem) => [problem.kind, problem.fatal])).toEqual([
      ['not-a-file', false],
      ['binary', false],
    ]);
    expect(Object.fromEntries(change.after)).toEqual(two);
    expect(change.leftOut).toEqual([
      { path: 'fs/l', why: 'it is no regular file' },
      { path: 'fs/b.bin', why: 'it is binary' },
    ]);
  });
});

describe('a patch on the built-in baseline', () => {
  it('applies to the files that the baseline has, and lists the others', async () => {
    const eras = { 'one/fs/dax.c': 'int old_era;\n', 'two/fs/dax.c': one['fs/dax.c'] };
    const baseline = await openBaseline(writeTree(join(scratch, 'eras'), eras));
    const other = { 'net/x.c': 'int x;\n' };
    const text = diffOf({ ...one, ...other }, { ...two, 'net/x.c': 'int y;\n' });
    const change = await applyPatch(patchOf(text), baseline);
    expect(change.base).toMatchObject({ method: 'baseline', baseline: true, at: 'two' });
    expect(Object.fromEntries(change.after)).toEqual(two);
    expect(change.leftOut).toEqual([{ path: 'net/x.c', why: "Faultline's baseline does not have it" }]);
  });

  it('that touches nothing of it changes nothing', async () => {
    const baseline = await openBaseline(writeTree(join(scratch, 'era'), { 'one/fs/dax.c': 'int x;\n' }));
    const change = await applyPatch(patchOf(diffOf({ 'net/x.c': 'a\n' }, { 'net/x.c': 'b\n' })), baseline);
    expect(change).toMatchObject({ status: 'applied', before: new Map(), after: new Map() });
    expect(change.leftOut.map(({ path }) => path)).toEqual(['net/x.c']);
  });
});

describe('a patch that does not apply says which file, which hunk and why', () => {
  const patch = patchOf(diffOf(one, two));
  const cases: [name: string, tree: Record<string, string>, why: string][] = [
    ['a missing file', { 'fs/other.c': 'int x;\n' }, 'fs/dax.c: the tree has no such file'],
    ['a patch that is in already', two, 'fs/dax.c, hunk 1: it is already applied'],
    [
      'another line',
      { 'fs/dax.c': sourceWith('return guess();') },
      "fs/dax.c, hunk 1: it expects other lines at line 15: expected 'return look();', found 'return guess();'",
    ],
    [
      'other white space, at two places',
      { 'fs/dax.c': one['fs/dax.c'].replace('\treturn', '        return').repeat(2) },
      'fs/dax.c, hunk 1: white space differs at line 15',
    ],
    [
      'a file that ends too early',
      { 'fs/dax.c': one['fs/dax.c'].split('\n').slice(0, 13).join('\n') },
      'fs/dax.c, hunk 1: the file ends before line 14',
    ],
  ];
  it.each(cases)('%s', async (_, tree, why) => {
    const change = await applyPatch(patch, await folderWith(tree));
    expect(change.status).toBe('not-applied');
    expect(change.why).toContain(why);
    expect(change.base.tries.at(-1)!.outcome).not.toBe('found');
  });

  it('a new file that is there already', async () => {
    const change = await applyPatch(
      patchOf(diffOf({ x: '' }, { x: '', 'fs/n.c': 'int n;\n' })),
      await folderWith({ 'fs/n.c': 'int m;\n' }),
    );
    expect(change.why).toContain('fs/n.c: the tree has this new file already');
  });

  it('names the second hunk when the first one fits', async () => {
    const both = patchOf(
      diffOf(one, { 'fs/dax.c': `int first;\n${two['fs/dax.c']}`.replace('after_11', 'last') }, '-U1'),
    );
    const tree = { 'fs/dax.c': one['fs/dax.c'].replace('look()', 'guess()') };
    const change = await applyPatch(both, await folderWith(tree));
    expect(change.base.tries.at(-1)).toMatchObject({ file: 'fs/dax.c', hunk: 2 });
  });
});

describe('nothing outside of the tree is reached', () => {
  it('a symbolic link in the tree is not followed', async () => {
    const folder = join(scratch, `tree-${count++}`);
    const outside = writeTree(join(scratch, 'outside'), { 'dax.c': one['fs/dax.c'] });
    mkdirSync(folder);
    symlinkSync(outside, join(folder, 'fs'));
    const change = await applyPatch(patchOf(diffOf(one, two)), await treeAt(folder));
    expect(change.why).toContain('the tree has no such file');
  });

  it('a damaged patch never gets as far as git', async () => {
    const patch = patchOf('--- a/../x.c\n+++ b/../x.c\n@@ -0,0 +1 @@\n+int x;\n');
    const change = await applyPatch(patch, await folderWith(one));
    expect(change.why).toBe('a/../x.c: the path leaves the tree (..)');
    expect(change.base.tries).toEqual([]);
    expect(existsSync(join(scratch, 'x.c'))).toBe(false);
  });

  it('a tree that breaks while it is read is a reason, not an exception', async () => {
    const tree = await folderWith(one);
    writeFileSync(join(scratch, 'x'), '');
    tree.readBytes = async () => {
      throw new Error('the disk is gone');
    };
    expect((await applyPatch(patchOf(diffOf(one, two)), tree)).why).toBe('the disk is gone');
  });
});
