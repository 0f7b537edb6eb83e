import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { openTree } from '../../src/change/open-tree.js';
import { Passages } from './shared-lines.js';

/** Debian's packages put these here; FAULTLINE_TREES names further kernels, separated by colons. */
const trees = [
  ...['6.1', '6.12'].map((version) => `/usr/src/linux-source-${version}.tar.xz`),
  ...(process.env.FAULTLINE_TREES ?? '').split(':'),
].filter((tree) => tree !== '' && existsSync(tree));

const kernelFiles = [
  ...['filemap', 'huge_memory', 'memory', 'mmap', 'rmap', 'swap', 'truncate'].map((name) => `mm/${name}.c`),
  ...[
    'fs/block_dev.c',
    'fs/dax.c',
    'fs/inode.c',
    'lib/radix-tree.c',
    'lib/xarray.c',
    'fs/iomap/iter.c',
    'kernel/sched/wait.c',
  ],
  ...['dax', 'fs', 'huge_mm', 'iomap', 'mm', 'page-flags', 'pagemap', 'radix-tree', 'wait', 'xarray'].map(
    (name) => `include/linux/${name}.h`,
  ),
];

const ours = ['simulator', 'rules', 'fixtures'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(?:[ch]|mbox|diff|patch)$/.test(name)),
);

const counted = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `\tstep_${from + at}(one, other);`).join('\n');

describe('lines that are shared', () => {
  const passages = new Passages();
  passages.add(`void real(void)\n{\n${counted(0, 20)}\n}\n`);

  it('are found where six follow each other, whatever comments and blanks are between', () => {
    const text = counted(3, 11).replace('step_5', '/* Why. */\n\n  step_5').replaceAll('\t', '    ');
    expect(passages.shared(`void own(void)\n{\n${text}\n}\n`)).toEqual([{ from: 3, to: 12, lines: 8 }]);
    expect(passages.shared(counted(3, 8))).toEqual([]);
  });

  it('are found in a diff, on either side of it', () => {
    const diff = counted(3, 10).replace(/^/gm, ' ').replace(' \tstep_5', '+\tstep_5');
    expect(passages.shared(`@@ -1 +1 @@\n${diff}\n`, true)).toEqual([{ from: 2, to: 8, lines: 7 }]);
  });
});

if (trees.length === 0) console.warn('SKIPPED: no kernel to compare with; apt-get install linux-source-6.12');

describe.skipIf(trees.length === 0)('no text of the kernel is kept here', () => {
  const passages = new Passages();

  beforeAll(async () => {
    for (const name of trees) {
      const tree = await openTree(name);
      if ('problem' in tree) throw new Error(tree.problem);
      const texts = await Promise.all(kernelFiles.map((file) => tree.read(file)));
      if (texts.every((text) => text === undefined))
        throw new Error(`${name} is no kernel: it has none of the files`);
      for (const text of texts) passages.add(text ?? '');
      await tree.close();
    }
  });

  test.each(ours)('%s', (file) => {
    expect(passages.shared(readFileSync(file, 'utf8'), !/\.[ch]$/.test(file))).toEqual([]);
  });
});
