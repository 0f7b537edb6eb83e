import { describe, expect, it } from 'vitest';
import { changedLines, lineBefore } from '../../src/code/changed-lines.js';
import type { Code } from '../../src/code/code.js';
import { comparePaths } from '../../src/path/compare-paths.js';
import { runPaths } from '../../src/path/run-paths.js';
import { patchOf } from '../change/plain-message.js';

const before = `int work(struct box *o)
{
	spin_lock(&o->l);
	if (o->b)
		return -1;
	spin_unlock(&o->l);
	return 0;
}
`.split('\n');

const codeOf = (lines: string[]): Code => ({
  files: new Map([['mm/box.c', lines.join('\n')]]),
  baseline: false,
});

/** What is said of a patch that puts these lines in the place of some. */
function statuses(at: number, gone: number, put: string[], touched = ['work']): string[] {
  const after = before.toSpliced(at, gone, ...put);
  const hunk = [
    `@@ -1,${before.length - 1} +1,${after.length - 1} @@`,
    ...before.slice(0, at).map((line) => ` ${line}`),
    ...before.slice(at, at + gone).map((line) => `-${line}`),
    ...put.map((line) => `+${line}`),
    ...before.slice(at + gone, -1).map((line) => ` ${line}`),
  ];
  const { files } = patchOf(`--- a/mm/box.c\n+++ b/mm/box.c\n${hunk.join('\n')}\n`);
  const runs = runPaths(codeOf(before), codeOf(after), new Set(touched), undefined);
  const compared = comparePaths(runs.before, runs.after, lineBefore(changedLines(files).after));
  return compared.map(({ status, said }) => `${status} ${said.begins}`).sort();
}

describe('a leak that was there before a patch', () => {
  it('is the same when lines above it have moved it', () => {
    expect(statuses(2, 0, ['\tint n = o->n;', ''])).toEqual(['present 5']);
  });

  it('is the same when a line above it is gone', () => {
    expect(statuses(0, 2, ['int work(struct box *o) {'])).toEqual(['present 2']);
  });

  it('is the same when the line that takes the lock was written anew', () => {
    expect(statuses(2, 1, ['\tif (o)', '\t\tspin_lock(&(o->l));'])).toEqual(['present 4']);
  });

  it('does not hide another one of the same lock in the same function', () => {
    const second = ['\tspin_lock(&o->l);', '\tif (o->c)', '\t\treturn -2;', '\tspin_unlock(&o->l);'];
    expect(statuses(2, 0, second)).toEqual(['introduced 3', 'present 7']);
  });

  it('is fixed by a patch that releases the lock', () => {
    const mended = ['\tif (o->b) {', '\t\tspin_unlock(&o->l);', '\t\treturn -1;', '\t}'];
    expect(statuses(3, 2, mended)).toEqual(['fixed 3']);
  });

  it('is the same in a function that now has another name', () => {
    expect(statuses(0, 1, ['int toil(struct box *o)'], ['work', 'toil'])).toEqual(['present 3']);
  });

  it('is another one in a new function that takes another lock', () => {
    const other = ['int toil(struct box *o)', '{', '\tmutex_lock(&o->l);', '\tif (o->b)', '\t\treturn -1;'];
    const patch = [...other, '\tmutex_unlock(&o->l);'];
    expect(statuses(0, 6, patch, ['work', 'toil'])).toEqual(['introduced 3']);
  });

  it('is not fixed by a patch that takes the function away', () => {
    expect(statuses(0, 8, ['int rest(struct box *o);'])).toEqual([]);
  });
});
