import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, worldOf } from '../../src/code/modelled.js';
import { isProblem } from '../../src/finding/problem.js';
import { readCatalogue } from '../../src/race/read.js';
import { review } from '../../src/review.js';
import { packageRoot } from '../../src/root.js';

const tree = join(packageRoot, 'simulator', 'baseline', 'array');

/** A patch that puts lines in the place of some of a file, where these stand first. */
function patch(path: string, old: string, by: string[]): string {
  const text = readFileSync(join(tree, path), 'utf8');
  const before = text.split(`\n${old}\n`)[0] as string;
  if (before === text) throw new Error(`${path} has no such lines: ${old}`);
  const [lines, taken, at] = [text.split('\n'), old.split('\n'), before.split('\n').length];
  const added = by.flatMap((each) => each.split('\n'));
  const [above, below] = [lines.slice(at - 3, at), lines.slice(at + taken.length, at + taken.length + 3)];
  const hunk = [
    ...above.map((each) => ` ${each}`),
    ...taken.map((each) => `-${each}`),
    ...added.map((each) => `+${each}`),
    ...below.map((each) => ` ${each}`),
  ];
  const head = `@@ -${at - 2},${6 + taken.length} +${at - 2},${6 + added.length} @@`;
  return `--- a/${path}\n+++ b/${path}\n${[head, ...hunk].join('\n')}\n`;
}

async function reviewed(diff: string, races: string[] = []) {
  const answer = await review(Buffer.from(diff), { trees: [tree], races, full: false, config: new Map() });
  if (isProblem(answer)) throw new Error(answer.problem);
  const [{ findings, replays, notAnalysed, touched }] = answer.patches as [(typeof answer.patches)[0]];
  return {
    found: findings.map(({ status, rule, location }) => `${status} ${rule} ${location.file}`),
    replays: replays.map(({ race, before, after }) => `${race}: ${before}, ${after}`),
    gaps: notAnalysed.map(({ what, why }) => `${what}: ${why}`),
    touched: touched.map(({ file, function: name }) => `${file} ${name}`),
  };
}

const elsewhere = 'races of DAX and the page cache run an XArray of the model in its place';

describe('the XArray runs itself', () => {
  it('with its own header, in a world of its own', () => {
    expect(worldOf(['fs/dax.c', 'mm/memory.c'])).toBe('kernel');
    expect(worldOf(filesOf.array)).toBe('array');
    const races = readCatalogue().filter(({ files }) => worldOf(files) === 'array');
    expect(races.length).toBeGreaterThan(10);
    expect(races.filter(({ files }) => files.join() !== filesOf.array.join())).toEqual([]);
  });

  it('so that a patch to lib/xarray.c is executed', async () => {
    const diff = patch('lib/xarray.c', '\t\tset_bounds(xas);', ['\t\t;']);
    const { found, gaps } = await reviewed(diff);
    expect(found).toEqual(['introduced wrong-entry lib/xarray.c']);
    expect(gaps).toContain(`lib/xarray.c: ${elsewhere}`);
  });

  it('and one to an inline function of its header, too', async () => {
    const diff = patch('include/linux/xarray.h', '\t\txas_reset(xas);', ['\t\t(void)xas;']);
    const { found, touched, gaps } = await reviewed(diff, ['xarray-walk-passes-nobody']);
    expect(found).toEqual(['introduced lost-entry include/linux/xarray.h']);
    expect(touched).toEqual(['include/linux/xarray.h xas_retry']);
    expect(gaps).toContain(`include/linux/xarray.h: ${elsewhere}`);
    expect(gaps.join()).not.toContain('the model has its own xas_retry');
  });

  it('and one that changes nothing of what it does holds', async () => {
    const diff = patch('lib/xarray.c', '\txas_reset(xas);', ['\txas->xa_node = XAS_RESTART;']);
    const { found, replays } = await reviewed(diff, ['xarray-pause-wraps']);
    expect(found).toEqual([]);
    expect(replays).toEqual(['xarray-pause-wraps: holds, holds']);
  });

  describe('with guards in the place of its locks', () => {
    const races = ['xarray-load-versus-growth', 'xarray-node-freed-under-reader'];
    const erase = '\txa_locked(xa, old = __xa_erase(xa, index));';
    const loop =
      '\tfor (;;) {\n\t\tfound = xas_load(&xas);\n\t\t/* Reserved, and so not there. */\n' +
      '\t\tif (xa_is_zero(found))\n\t\t\tfound = NULL;\n\t\tif (!xas_retry(&xas, found))\n\t\t\tbreak;\n\t}';
    const load = `\trcu_read_lock();\n${loop}\n\trcu_read_unlock();`;

    it.each([
      ['a section of RCU', load, ['\tguard(rcu)();', loop]],
      ['a section of RCU as a block', load, ['\tscoped_guard(rcu)', loop]],
      ['the lock', erase, ['\tguard(spinlock)(&xa->xa_lock);', '\told = __xa_erase(xa, index);']],
      ...['spinlock_irq', 'spinlock_irqsave', 'spinlock_bh'].map((kind): [string, string, string[]] => [
        `the lock by ${kind}`,
        erase,
        [`\tscoped_guard(${kind}, &xa->xa_lock)`, '\t\told = __xa_erase(xa, index);'],
      ]),
    ])('that are held as long: %s', async (_, lines, by) => {
      const { found, replays, gaps } = await reviewed(patch('lib/xarray.c', lines, by), races);
      expect(found).toEqual([]);
      expect(replays).not.toEqual([]);
      expect(replays.filter((each) => !each.endsWith(': holds, holds'))).toEqual([]);
      expect(gaps.join()).not.toContain('is not modelled');
    });

    it.each([
      ['the section before the slot is read', load, ['\tscoped_guard(rcu) { }', loop]],
      [
        'the section before the slot is read again',
        load,
        [
          '\tscoped_guard(rcu)',
          '\t\tfound = xas_load(&xas);',
          '\tif (xas_valid(&xas))',
          '\t\tfound = xas_reload(&xas);',
        ],
      ],
      [
        'the lock before the store',
        erase,
        ['\tscoped_guard(spinlock, &xa->xa_lock) { }', '\told = __xa_erase(xa, index);'],
      ],
    ])('but not where one ends too early: %s', async (_, lines, by) => {
      const { found } = await reviewed(patch('lib/xarray.c', lines, by), races);
      expect(found).toEqual(['introduced locking-assumption lib/xarray.c']);
    });
  });

  it('and says of what else changes in the header that it chose no race, and nothing of what is added', async () => {
    const member = '\tu32 max, min;';
    const changed = patch('include/linux/xarray.h', member, ['\tu32 max;', '\tu32 min;']);
    const told =
      'include/linux/xarray.h: races are replayed for the functions that a patch touches, and not for ';
    expect((await reviewed(changed)).gaps.join()).toContain(told);
    const added = patch('include/linux/xarray.h', 'struct xa_limit {', [
      'struct xa_more;',
      '',
      'struct xa_limit {',
    ]);
    expect((await reviewed(added)).gaps).toEqual([]);
  });

  it('and says of a macro of the header that it chose no race', async () => {
    const macro = '#define XAS_RESTART\t((struct xa_node *)3UL)';
    const diff = patch('include/linux/xarray.h', macro, ['#define XAS_RESTART\t((struct xa_node *)7UL)']);
    const { gaps } = await reviewed(diff);
    expect(gaps).toContain(
      'include/linux/xarray.h: races are replayed for the functions that a patch touches, and not for XAS_RESTART',
    );
  });
});
