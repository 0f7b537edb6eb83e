import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.js';
import { built } from './built.js';
import { patchesFor } from './make-patch.js';
import { median } from './measure.js';
import { alone, type Row } from './row.js';

const warmUps = 2;
const runs = 5;

/** What a review takes where others were made before it: patches differ from one to the next, the tree does not. */
export const daemon: Bench = async ({ tree }) => {
  if (tree === undefined) return [alone('review by a warm daemon: needs --tree', null, 'ms')];
  const { review } = await built.review();
  const once = async (diff: string) => {
    const start = process.cpuUsage();
    await review(Buffer.from(diff), { trees: [tree], races: [], full: false, jobs: 1, config: new Map() });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const rows: Row[] = [];
  for (const { name, diff } of patchesFor(readFileSync(join(tree, 'fs/dax.c'), 'utf8'))) {
    if (diff === undefined) continue;
    const patch = (run: number) => diff.replaceAll('_so_far', `_so_far_${run}`);
    for (let run = 0; run < warmUps; run++) await once(patch(run));
    const all: number[] = [];
    for (let run = warmUps; run < warmUps + runs; run++) all.push(await once(patch(run)));
    rows.push(alone(`review, ${name}, in a warm process (aim: 150)`, median(all), 'ms'));
  }
  return rows;
};
