import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTree } from '../../src/change/open-tree.js';
import { Dice } from './dice.js';
import { mutant } from './mutate.js';
import { type Outcome, runCase } from './run-case.js';
import { seeds, tree } from './seeds.js';

export interface Fuzzed {
  cases: number;
  outcomes: Partial<Record<Outcome, number>>;
  slowestCpuMs: number;
  slowestSeed: number;
  peakRssMb: number;
  failures: { seed: number; what: string; file: string }[];
}

/** More of the processor's time than this for one input of at most 400 kB is a hang. */
export const hangMs = 2000;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Runs cases `first`, `first + 1`, ... until there were `cases` of them or `timeMs` has passed. Case n is the
 * same bytes on every machine; what fails is written to a file to be looked at. `beat` is called before each.
 */
export async function fuzz(
  first: number,
  cases: number,
  timeMs: number,
  beat: (seed: number) => void = () => {},
): Promise<Fuzzed> {
  const all = seeds();
  const opened = await openTree(tree);
  if ('problem' in opened) throw new Error(opened.problem);
  const told: Fuzzed = {
    cases: 0,
    outcomes: {},
    slowestCpuMs: 0,
    slowestSeed: 0,
    peakRssMb: 0,
    failures: [],
  };
  const end = performance.now() + timeMs;
  for (let seed = first; told.cases < cases && performance.now() < end; seed++) {
    beat(seed);
    const bytes = mutant(all, new Dice(seed));
    const before = cpuMs();
    const fail = (what: string): void => {
      const file = join(tmpdir(), `faultline-fuzz-${seed}`);
      writeFileSync(file, bytes);
      told.failures.push({ seed, what, file });
    };
    try {
      const outcome = await runCase(bytes, opened);
      told.outcomes[outcome] = (told.outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      fail(String((error as Error).stack));
    }
    const spent = cpuMs() - before;
    if (spent > hangMs) fail(`it took ${Math.round(spent)} ms`);
    if (spent > told.slowestCpuMs) [told.slowestCpuMs, told.slowestSeed] = [Math.round(spent), seed];
    told.peakRssMb = Math.max(told.peakRssMb, Math.round(process.memoryUsage.rss() / 1e6));
    told.cases++;
  }
  return told;
}
