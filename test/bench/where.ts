import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.js';
import { cli } from './built.js';
import { patchesFor } from './make-patch.js';
import { timedProcess } from './measure.js';
import { alone, type Row } from './row.js';

/** What V8's profile of a process says of it, as far as it is needed here. */
interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Where the time of a review goes; the first part of a path that fits names it. */
const stages: [stage: string, fits: RegExp][] = [
  ['read and lower C', /\/simulator\/c\//],
  ['explore', /\/simulator\/(explore|vm)\//],
  ['paths', /\/(simulator|src)\/path\//],
  ['link races, judge', /\/src\/race\//],
  ['mail, diff, tree', /\/src\/(mail|series|change|code)\//],
  ['report', /\/src\/(report|finding|command)\//],
  ['packages', /\/node_modules\//],
  ['start of node', /^node:/],
];

/** The time of one review of one hunk, by what it is spent on: samples of one thread, not a clock's. */
export const where: Bench = async ({ tree }) => {
  if (tree === undefined) return [alone('where the time goes: needs --tree', null, 'ms')];
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  try {
    const rows: Row[] = [];
    for (const { name, diff } of patchesFor(readFileSync(join(tree, 'fs/dax.c'), 'utf8'))) {
      if (diff === undefined) continue;
      const patch = join(folder, 'patch');
      const profiles = mkdtempSync(join(folder, 'profile-'));
      writeFileSync(patch, diff);
      const profiled = ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
      const args = [...profiled, cli, 'review', patch, '--jobs', '1', '--tree', tree];
      const { ms } = await timedProcess(process.execPath, args);
      const shares = sharesOf(profiles);
      const sum = [...shares.values()].reduce((all, one) => all + one, 0);
      for (const [stage, share] of [...shares].sort((a, b) => b[1] - a[1]))
        rows.push(alone(`where: ${name}: ${stage}`, (share / sum) * ms, 'ms'));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function sharesOf(folder: string): Map<string, number> {
  const shares = new Map<string, number>();
  for (const file of readdirSync(folder)) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    const stageAt = new Map(profile.nodes.map(({ id, callFrame }) => [id, stageOf(callFrame)]));
    profile.samples.forEach((sample, at) => {
      const stage = stageAt.get(sample);
      if (stage !== undefined) shares.set(stage, (shares.get(stage) ?? 0) + (profile.timeDeltas[at] ?? 0));
    });
  }
  return shares;
}

function stageOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string | undefined {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  return stages.find(([, fits]) => fits.test(url))?.[0] ?? 'start of node';
}
