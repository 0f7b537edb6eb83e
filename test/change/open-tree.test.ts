import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTree } from '../../src/change/open-tree.js';
import { scratchFolder, treeAt, writeTree } from './scratch.js';

const scratch = scratchFolder();
const long = `fs/${'long/'.repeat(40)}x.c`;
const files = {
  MAINTAINERS: 'x\n',
  'fs/dax.c': 'int dax;\n',
  'mm/empty.c': '',
  'drivers/odd/core.c': 'int odd;\n',
  [long]: 'int far;\n',
};
writeTree(join(scratch, 'linux-source-6.12'), files);

function archive(name: string, ...options: string[]): string {
  const file = join(scratch, name);
  execFileSync('tar', [
    '--create',
    `--file=${file}`,
    ...options,
    '--directory',
    scratch,
    'linux-source-6.12',
  ]);
  return file;
}

afterEach(() => vi.unstubAllEnvs());

describe('a kernel in a tar archive', () => {
  const kinds: [name: string, options: string[]][] = [
    ['k.tar.xz', ['--xz']],
    ['k.tar.gz', ['--gzip']],
    ['k.tar', []],
    ['pax.tar', ['--format=posix']],
    ['gnu.tar', ['--format=gnu']],
  ];
  it.each(kinds)('%s is read below its top folder', async (name, options) => {
    vi.stubEnv('XDG_CACHE_HOME', join(scratch, `cache-${name}`));
    const tree = await treeAt(archive(name, ...options));
    expect(tree.kind).toBe('tarball');
    for (const [path, text] of Object.entries(files)) expect(await tree.read(path)).toBe(text);
    expect(await tree.read('fs/none.c')).toBeUndefined();
    expect(await tree.read('fs')).toBeUndefined();
  });

  it('is unpacked once: the second run reads what the first one kept', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(scratch, 'cache'));
    const file = archive('once.tar.xz', '--xz');
    let passes = 0;
    const count = ({ done }: { done: number }): void => void (done > 0 && passes++);
    const first = await openTree(file, count);
    if ('problem' in first) throw new Error(first.problem);
    await first.read('fs/dax.c');
    expect(passes).toBeGreaterThan(0);
    passes = 0;
    const second = await openTree(file, count);
    if ('problem' in second) throw new Error(second.problem);
    expect(await second.read('fs/dax.c')).toBe('int dax;\n');
    expect(await second.read('fs/none.c')).toBeUndefined();
    expect(passes).toBe(0);
    expect(readdirSync(join(scratch, 'cache', 'faultline', 'tree'))).toHaveLength(1);
  });

  it('is unpacked again when the archive is another one', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(scratch, 'cache-changed'));
    const file = archive('changed.tar.gz', '--gzip');
    await (await treeAt(file)).read('fs/dax.c');
    utimesSync(file, new Date(0), new Date(statSync(file).mtimeMs + 5000));
    await (await treeAt(file)).read('fs/dax.c');
    expect(readdirSync(join(scratch, 'cache-changed', 'faultline', 'tree'))).toHaveLength(2);
  });

  it('that is damaged is an error with its name', async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(scratch, 'cache-damaged'));
    const file = archive('whole.tar.xz', '--xz');
    const bytes = execFileSync('cat', [file]);
    const cut = join(scratch, 'cut.tar.xz');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    const tree = await treeAt(cut);
    await expect(tree.read('fs/dax.c')).rejects.toThrow(
      'cut.tar.xz cannot be unpacked: xz cannot unpack the archive',
    );
  });
});

describe('what is no tree is a problem of one line', () => {
  it('nothing there', async () => {
    expect(await openTree(join(scratch, 'nowhere'))).toEqual({
      problem: `there is no tree at ${join(scratch, 'nowhere')}`,
    });
  });

  it('a file of another kind', async () => {
    const file = join(scratch, 'notes.txt');
    writeFileSync(file, 'notes\n');
    const answer = await openTree(file);
    expect('problem' in answer && answer.problem).toContain(
      'no folder, no git repository and no tar archive',
    );
  });
});

describe('without a tree', () => {
  it('the built-in baseline answers, one state an era', async () => {
    const tree = await openTree(undefined);
    if ('problem' in tree) throw new Error(tree.problem);
    expect(tree.kind).toBe('baseline');
    const states = await tree.states(['fs/dax.c']);
    const names = states.map((state) => state.at);
    expect(names.slice(0, 4)).toEqual(['xarray', 'order-xarray', 'early-xarray', 'merged-xarray']);
    expect(await tree.read('fs/dax.c', 'xarray')).toContain('xa_state');
    expect(await tree.read('fs/dax.c', 'radix')).toContain('radix_tree');
    expect(await tree.states(['fs/none.c'])).toEqual([]);
  });

  it('an era that is told by what differs from its neighbour is read as a whole', async () => {
    const tree = await openTree(undefined);
    if ('problem' in tree) throw new Error(tree.problem);
    const merged = await tree.read('fs/dax.c', 'merged-xarray');
    // Its own, that of the era below, and that of the one below that.
    expect(merged).toContain('bool dax_lock_mapping_entry(struct page *page)\n{');
    expect(merged).toContain('static void *get_unlocked_entry(struct xa_state *xas)\n{');
    expect(merged).toContain('static void dax_unlock_entry(struct xa_state *xas, void *entry)\n{');
    expect(merged).not.toMatch(/wait_entry_unlocked\(|dax_lock_page\(struct/);
  });
});
