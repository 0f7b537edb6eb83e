import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.js';
import { cli } from './built.js';
import { patchesFor } from './make-patch.js';
import { medianProcess } from './measure.js';
import { alone, type Row } from './row.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const aim = 'whole process (aim: 600)';

/** A patch of one hunk, from the command's start to the end of its report. */
export const review: Bench = async ({ tree }) => (tree === undefined ? onBaseline() : onTree(tree));

async function onBaseline(): Promise<Row[]> {
  return [
    await reviewOf('rename a local, baseline', fixture('rename-a-local.mbox')),
    await reviewOf('no second lookup, baseline', fixture('no-second-lookup.mbox')),
    await reviewOf('no wake at unlock, baseline', fixture('no-wake-at-unlock.mbox')),
  ];
}

async function onTree(tree: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  try {
    const rows: Row[] = [];
    for (const { name, diff } of patchesFor(readFileSync(join(tree, 'fs/dax.c'), 'utf8'))) {
      const file = join(folder, 'patch');
      if (diff === undefined)
        rows.push(alone(`review, ${name}: nothing of the kind in this tree`, null, 'ms'));
      else {
        writeFileSync(file, diff);
        rows.push(await reviewOf(name, file, ['--tree', tree]));
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function reviewOf(name: string, patch: string, more: string[] = []): Promise<Row> {
  const ms = await medianProcess(process.execPath, [cli, 'review', patch, ...more], [0, 1], 3);
  return alone(`review, ${name}, ${aim}${ms === null ? ': failed' : ''}`, ms, 'ms');
}
