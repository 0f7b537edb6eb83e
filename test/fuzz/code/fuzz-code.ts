import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Crew } from '../../crew/crew.js';
import { caseOf, type Ground, groundAt, groundsOf } from './case.js';
import type { Answer, Outcome, Task } from './task.js';

export interface Fuzzed {
  cases: number;
  outcomes: Partial<Record<Outcome, number>>;
  replayed: number;
  slowestCpuMs: number;
  slowestSeed: number;
  peakMb: number;
  failures: { seed: number; what: string; file: string }[];
}

export interface Plan {
  first: number;
  cases: number;
  /** Ends after this time, whatever was asked for. */
  timeMs: number;
  /** Of processor time: who needs more for one patch hangs. */
  limitMs: number;
  /** Real kernels; without any, the built-in baselines. */
  trees: string[];
  beat?: (seed: number, told: Fuzzed) => void;
}

const eras = ['xarray', 'radix', 'get-block-write', 'page-lock', 'page-xarray'];

/**
 * Mutated C, as patches, from the diff to the replayed witness, each in a worker that is ended when it takes too
 * long. What fails is written to a file to be looked at.
 */
export async function fuzzCode({ first, cases, timeMs, limitMs, trees, beat }: Plan): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-fuzz-code-'));
  const grounds: Ground[] = trees.length > 0 ? trees.map(groundAt) : groundsOf(folder, eras);
  const crew = new Crew<Task, Answer>({
    worker: new URL('./worker.ts', import.meta.url),
    mostTasks: 200,
    limitMs: () => limitMs,
    lost: (_, how, why) => ({
      outcome: 'broken',
      why: `${how}: ${why}`,
      cpuMs: limitMs,
      peakMb: 0,
      replayed: 0,
    }),
  });
  const told: Fuzzed = {
    cases: 0,
    outcomes: {},
    replayed: 0,
    slowestCpuMs: 0,
    slowestSeed: 0,
    peakMb: 0,
    failures: [],
  };
  const end = performance.now() + timeMs;
  try {
    for (let seed = first; told.cases < cases && performance.now() < end; seed++) {
      const task = caseOf(seed, grounds, folder);
      if (task === undefined) continue;
      add(told, seed, task, await crew.ask(task));
      beat?.(seed, told);
    }
  } finally {
    crew.end();
    rmSync(folder, { recursive: true, force: true });
  }
  return told;
}

function add(told: Fuzzed, seed: number, { patch }: Task, answer: Answer): void {
  told.cases++;
  told.outcomes[answer.outcome] = (told.outcomes[answer.outcome] ?? 0) + 1;
  told.replayed += answer.replayed;
  told.peakMb = Math.max(told.peakMb, answer.peakMb);
  if (answer.cpuMs > told.slowestCpuMs) [told.slowestCpuMs, told.slowestSeed] = [answer.cpuMs, seed];
  if (answer.outcome !== 'broken') return;
  const file = join(tmpdir(), `faultline-fuzz-code-${seed}.diff`);
  writeFileSync(file, patch);
  told.failures.push({ seed, what: answer.why, file });
}
