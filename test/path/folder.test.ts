import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { review } from '../../src/review.js';

const tree = mkdtempSync(join(tmpdir(), 'faultline-folder-'));
afterAll(() => rmSync(tree, { recursive: true }));

const before = [
  'int demo_mark(struct inode *inode, int bit)',
  '{',
  '\tspin_lock(&inode->i_lock);',
  '\tinode->i_state |= bit;',
  '\tspin_unlock(&inode->i_lock);',
  '\treturn 0;',
  '}',
];

/** A leak that a patch puts into that function, in a file of this path. */
function leakIn(path: string): string {
  const [head, lock] = [before.slice(0, 3), before.slice(3)];
  const lines = [...head.map((line) => ` ${line}`), '+\tif (is_bad_inode(inode))', '+\t\treturn -EIO;'];
  const hunk = [`@@ -1,7 +1,9 @@`, ...lines, ...lock.map((line) => ` ${line}`)];
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunk.join('\n')}\n`;
}

test.each(['kernel/locking/demo.c', 'patch/demo.c', 'fs/demo.c', 'role/demo.c', 'include/demo.c'])(
  'a leak in %s is found there, whatever the folder is called',
  async (path) => {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), `${before.join('\n')}\n`);
    const options = { trees: [tree], races: [], full: false, config: new Map<string, string>() };
    const answer = await review(Buffer.from(leakIn(path)), options);
    if (isProblem(answer)) throw new Error(answer.problem);
    const found = answer.patches[0]?.findings.map(({ status, rule, location }) => [
      status,
      rule,
      location.file,
    ]);
    expect(found).toEqual([['introduced', 'lock-leak', path]]);
  },
);
