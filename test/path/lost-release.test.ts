import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { isProblem } from '../../src/finding/problem.js';
import { replayPathWitness } from '../../src/path/replay-path-witness.js';
import { reviewPaths } from '../../src/path/review-paths.js';
import { review } from '../../src/review.js';
import { patchOf } from '../change/plain-message.js';

/** What is said of a file that was the one text and is the other. */
async function said(before: string, after: string): Promise<string[]> {
  const lines = (text: string, mark: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => mark + line);
  const [was, is] = [before.split('\n'), after.split('\n')];
  let same = 0;
  while (was[same] === is[same]) same++;
  let tail = 0;
  while (tail < Math.min(was.length, is.length) - same && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  const part = (all: string[], mark: string) =>
    lines(`${all.slice(same, all.length - tail).join('\n')}\n`, mark).filter((line) => line !== mark);
  const [gone, come] = [part(was, '-'), part(is, '+')];
  const hunk = [`@@ -${same + 1},${gone.length} +${same + 1},${come.length} @@`, ...gone, ...come].join('\n');
  const { files } = patchOf(`diff --git a/fs/f.c b/fs/f.c\n--- a/fs/f.c\n+++ b/fs/f.c\n${hunk}\n`);
  const file = (text: string) => new Map([['fs/f.c', text + others]]);
  const change = { before: file(before), after: file(after), files };
  const base = { baseline: false } as Change['base'];
  const whole = { ...change, base, around: async () => undefined } as unknown as Change;
  const { findings } = await reviewPaths(whole, { config: new Map() });
  return findings.map(
    ({ status, rule, message, location }) => `${status} ${rule} ${location.line}: ${message}`,
  );
}

const mark = `int mark(struct inode *inode, int bit)
{
	spin_lock(&inode->i_lock);
	inode->i_state |= bit;
	spin_unlock(&inode->i_lock);
	return 0;
}
`;
/** Locks are known by both their halves, which somebody calls in every file of some size. */
const others = `
void others(struct inode *inode)
{
	spin_lock(&inode->i_lock);
	mutex_lock(&f_mutex);
	down_write(&inode->i_rwsem);
	rcu_read_lock();
	rcu_read_unlock();
	up_write(&inode->i_rwsem);
	mutex_unlock(&f_mutex);
	spin_unlock(&inode->i_lock);
}
`;
const without = (text: string, line = '\tspin_unlock(&inode->i_lock);\n') => text.replace(line, '');
const leak =
  'mark() returns with the lock held that spin_lock() took at line 3; before the patch each path released it.';

describe('a function that releases on no path what it did release on all', () => {
  it('leaks the lock', async () => {
    expect(await said(mark, without(mark))).toEqual([`introduced lock-leak 5: ${leak}`]);
  });

  it('is told once, however many paths it has', async () => {
    const text = mark.replace('\tinode->i_state |= bit;\n', '\tif (bit)\n\t\tinode->i_state |= bit;\n');
    expect(await said(text, without(text))).toHaveLength(1);
  });

  it.each([
    'mutex_lock(&f_mutex)',
    'down_write(&inode->i_rwsem)',
    'rcu_read_lock()',
    'spin_lock_irq(&f_lock)',
  ])('leaks what %s takes', async (lock) => {
    const unlock = lock.replace('lock(', 'unlock(').replace('lock_irq', 'unlock_irq').replace('down', 'up');
    const text = mark
      .replace('spin_lock(&inode->i_lock)', lock)
      .replace('spin_unlock(&inode->i_lock)', unlock);
    expect(await said(text, without(text, `\t${unlock};\n`))).toHaveLength(1);
  });

  it('may leave it to somebody whom the patch has it call, or who calls it and releases it', async () => {
    expect(await said(mark, without(mark).replace('return 0', 'return finish(inode)'))).toEqual([]);
    expect(
      await said(
        mark,
        `${without(mark)}void drop(struct inode *inode)\n{\n\tspin_unlock(&inode->i_lock);\n}\n`,
      ),
    ).toEqual([]);
    const caller =
      '\nint both(struct inode *inode)\n{\n\tmark(inode, 1);\n\tspin_unlock(&inode->i_lock);\n\treturn 1;\n}\n';
    expect(
      (await said(mark + caller, without(mark) + caller)).filter((one) => !one.startsWith('fixed')),
    ).toEqual([]);
  });

  it('may leave it to a function that nobody can run, or to one that calls what it called itself', async () => {
    const goTo = '\nvoid broken(struct inode *inode, void *place)\n{\n\tgoto *place;\n}\n';
    const releases = goTo.replace('goto', 'spin_unlock(&inode->i_lock);\n\tgoto');
    expect(await said(mark + goTo, without(mark) + releases)).toEqual([]);
    expect(await said(mark + goTo, without(mark) + goTo.replace('goto', 'settle(inode);\n\tgoto'))).toEqual(
      [],
    );
    const helper = '\tnote(inode);\n';
    const text = mark.replace(
      '\tspin_unlock(&inode->i_lock);\n',
      `\tspin_unlock(&inode->i_lock);\n${helper}`,
    );
    const other = '\nint after(struct inode *inode)\n{\n\treturn 0;\n}\n';
    const calls = other.replace('\treturn', `${helper}\treturn`);
    expect(await said(text + other, without(without(text), helper) + calls)).toEqual([]);
  });

  it('may have handed the object to who releases it', async () => {
    const text = mark.replace('\tinode->i_state |= bit;\n', '\tunlock_and_tell(inode);\n');
    expect(await said(text, without(text))).toEqual([]);
  });

  it('is called to lock, by its name', async () => {
    const named = mark.replace('mark(', 'lock_mark(').replace('return 0', 'return 1');
    expect(await said(named, without(named))).toEqual([]);
  });

  it('is not mended by who undoes that', async () => {
    expect(await said(without(mark), mark)).toEqual([]);
  });

  it('did not release it on some path before, either', async () => {
    const text = mark.replace('\tspin_unlock', '\tif (bit)\n\t\treturn 1;\n\tspin_unlock');
    expect((await said(text, without(text))).filter((one) => one.startsWith('introduced'))).toEqual([]);
  });
});

it('its witness is replayed, and on the code before the patch there is nothing to replay', async () => {
  const tree = mkdtempSync(join(tmpdir(), 'faultline-lost-'));
  try {
    mkdirSync(join(tree, 'fs'));
    writeFileSync(join(tree, 'fs/f.c'), mark + others);
    const lines = mark.split('\n').slice(0, 7);
    const hunk = lines.map((line, at) => `${at === 4 ? '-' : ' '}${line}`).join('\n');
    const patch = Buffer.from(
      `diff --git a/fs/f.c b/fs/f.c\n--- a/fs/f.c\n+++ b/fs/f.c\n@@ -1,7 +1,6 @@\n${hunk}\n`,
    );
    const options = { trees: [tree], races: [], full: false, config: new Map<string, string>() };
    const answer = await review(patch, options);
    if (isProblem(answer)) throw new Error(answer.problem);
    const witness = answer.patches[0]?.findings[0]?.witness ?? 'none';
    const replayed = await replayPathWitness(witness, { ...options, patch });
    expect(replayed).toMatchObject({ outcome: 'reproduced', finding: { rule: 'lock-leak' } });
    const before = await replayPathWitness(witness.replace('.after.', '.before.'), { ...options, patch });
    expect(before).toMatchObject({ outcome: 'other-code' });
  } finally {
    rmSync(tree, { recursive: true });
  }
});
