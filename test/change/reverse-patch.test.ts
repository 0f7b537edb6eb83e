import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fatalProblem } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { reversePatch } from '../../src/change/reverse-patch.js';
import { plainMessage } from './plain-message.js';
import { gitIn, scratchFolder, writeTree } from './scratch.js';

const before = { 'a.c': 'one\ntwo\nthree\nfour\nfive\n', 'gone.c': 'x\n', 'old.c': '1\n2\n3\n4\n5\n6\n' };
const after = { 'a.c': 'one\n2\ntwo\nfour\nfive, six', 'new.c': 'y\n', 'moved.c': '1\n2\n3\n4\n5\nsix\n' };

/** What git itself makes of the two states, in the direction asked for. */
function diffOf(from: Record<string, string>, to: Record<string, string>): string {
  const folder = scratchFolder();
  gitIn(folder, 'init', '-q');
  writeTree(folder, from);
  gitIn(folder, 'add', '-A');
  gitIn(folder, 'commit', '-qm', 'from');
  gitIn(folder, 'rm', '-q', '-r', '.');
  mkdirSync(folder, { recursive: true });
  writeTree(folder, to);
  gitIn(folder, 'add', '-A');
  return gitIn(folder, 'diff', '--cached', '-M50%');
}

function reversed(diff: string): string {
  const patch = readPatch(plainMessage(diff));
  expect(fatalProblem(patch)).toBeUndefined();
  const text = reversePatch(patch);
  if (typeof text !== 'string') throw new Error(text.problem);
  return text;
}

test('a patch taken back leads from after to before, for files that come, go, move and change', () => {
  const folder = scratchFolder();
  gitIn(folder, 'init', '-q');
  writeTree(folder, after);
  writeTree(folder, { 'back.diff': reversed(diffOf(before, after)) });
  gitIn(folder, 'apply', 'back.diff');
  for (const [path, text] of Object.entries(before))
    expect(readFileSync(join(folder, path), 'utf8'), path).toBe(text);
  expect(() => readFileSync(join(folder, 'new.c'))).toThrow();
});

test('what is taken back twice is what it was', () => {
  const diff = diffOf(before, after);
  expect(reversed(reversed(diff))).toBe(reversed(reversed(reversed(reversed(diff)))));
});

test('a file without lines to turn around is told', () => {
  const link =
    'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+target\n\\ No newline at end of file\n';
  expect(reversePatch(readPatch(plainMessage(link)))).toEqual({ problem: 'l: a link cannot be taken back' });
});
