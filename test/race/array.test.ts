import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, worldOf } from '../../src/code/modelled.js';
import { isProblem } from '../../src/finding/problem.js';
import { readCatalogue } from '../../src/race/read.js';
import { review } from '../../src/review.js';
import { packageRoot } from '../../src/root.js';

const tree = join(packageRoot, 'simulator', 'baseline', 'array');

/** A patch that puts lines in the place of one line of a file, the first that is that text. */
function patch(path: string, line: string, by: string[]): string {
  const lines = readFileSync(join(tree, path), 'utf8').split('\n');
  const at = lines.indexOf(line);
  if (at < 3) throw new Error(`${path} has no such line: ${line}`);
  const [above, below] = [lines.slice(at - 3, at), lines.slice(at + 1, at + 4)];
  const hunk = [
    ...above.map((each) => ` ${each}`),
    `-${line}`,
    ...by.map((each) => `+${each}`),
    ...below.map((each) => ` ${each}`),
  ];
  const head = `@@ -${at - 2},7 +${at - 2},${6 + by.length} @@`;
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
