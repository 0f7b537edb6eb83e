import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.js';
import { built } from './built.js';
import { median, timed, timedProcess } from './measure.js';
import { scenarioOf } from './pmd-race.js';
import { alone, beside, type Row } from './row.js';

const model = fileURLToPath(new URL('pmd-race.pml', import.meta.url));
const compilers = [
  { cc: 'gcc', flags: ['-O2'] },
  { cc: 'tcc', flags: [] },
];
const runs = 3;

interface Case {
  threads: number;
  repaired: boolean;
  /** How often each thread faults. */
  rounds: number;
}

/** The last one, with 1.29 million states, is for the rate. */
const cases: Case[] = [
  ...[2, 3, 4, 5].flatMap((threads) => [false, true].map((repaired) => ({ threads, repaired, rounds: 1 }))),
  { threads: 4, repaired: true, rounds: 3 },
];

/** One case run by SPIN: generate the checker, compile it, run it. */
interface SpinRun {
  total: number;
  pan: number;
  states: number;
  violated: boolean;
}

/** SPIN on the same race, model for model; in the same run, so that both meet the same machine. */
export const spin: Bench = async () => {
  if (!(await isThere('spin', ['-V']))) return [alone('SPIN is not installed: no yardstick', null, 'ms')];
  const folder = mkdtempSync(join(tmpdir(), 'faultline-spin-'));
  copyFileSync(model, join(folder, 'model.pml'));
  try {
    const rows: Row[] = [];
    for (const { cc, flags } of compilers) {
      if (!(await isThere(cc, ['-v'])))
        rows.push(alone(`${cc} is not installed: no SPIN with it`, null, 'ms'));
      else for (const one of cases) rows.push(...(await compared(folder, [cc, ...flags], one)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function isThere(file: string, args: string[]): Promise<boolean> {
  return (await timedProcess(file, args)).code !== -1;
}

async function compared(folder: string, cc: string[], one: Case): Promise<Row[]> {
  const name = nameOf(one);
  const peer = `SPIN, ${cc.join(' ')}`;
  const theirs: SpinRun[] = [];
  for (let n = 0; n < runs; n++) {
    const run = await runSpin(folder, cc, one);
    if (typeof run === 'string') return [alone(`${peer}, ${name}: ${run}`, null, 'ms')];
    theirs.push(run);
  }
  const ours = await explored(one, false);
  const [first] = theirs as [SpinRun];
  const agree = first.violated === !one.repaired && ours.violated === !one.repaired;
  const total = median(theirs.map((run) => run.total));
  const rows = [
    beside(`text to verdict, ${name}${agree ? '' : ': VERDICTS DIFFER'}`, ours.ms, total, 'ms', peer),
  ];
  if (!one.repaired) return rows;
  const pan = median(theirs.map((run) => run.pan));
  rows.push(beside(`states, ${name}`, ours.states, first.states, 'states met', peer));
  const all = await explored(one, true);
  rows.push(beside(`states, ${name}, nothing reduced`, all.states, first.states, 'states', peer));
  rows.push(beside(`search alone, ${name}, nothing reduced`, all.searchMs, pan, 'ms', peer));
  const rate = (states: number, ms: number) => Math.round((1000 * states) / ms);
  if (one.rounds > 1)
    rows.push(
      beside(`rate, ${name}`, rate(all.states, all.searchMs), rate(first.states, pan), 'states/s', peer),
    );
  return rows;
}

const nameOf = ({ threads, repaired, rounds }: Case) =>
  `${threads} threads${rounds > 1 ? ` x ${rounds} faults` : ''}, ${repaired ? 'repaired' : 'broken'}`;

/** Ours, warm, from the text to the verdict: as for a review, or every state that SPIN stores. */
async function explored({ threads, repaired, rounds }: Case, full: boolean) {
  const { compile } = await built.compile();
  const { explore } = await built.simulator();
  let verdict: ReturnType<typeof explore> | undefined;
  const searches: number[] = [];
  const all = Array.from({ length: rounds > 1 ? runs : 2 * runs + 1 }, (_, n) =>
    timed(() => {
      const scenario = scenarioOf(compile, threads, repaired, n, rounds);
      searches.push(
        timed(() => {
          verdict = explore(scenario, { states: 2_000_000, full });
        }),
      );
    }),
  );
  const violated = verdict?.kind === 'violated';
  return { ms: median(all), searchMs: median(searches), states: verdict?.states ?? 0, violated };
}

async function runSpin(
  folder: string,
  [cc, ...flags]: string[],
  { threads, repaired, rounds }: Case,
): Promise<SpinRun | string> {
  const defines = [`-DNT=${threads}`, `-DFIXED=${repaired ? 1 : 0}`, `-DROUNDS=${rounds}`];
  const generated = await timedProcess('spin', ['-a', ...defines, 'model.pml'], folder);
  if (generated.code !== 0) return 'spin cannot read the model';
  const made = await timedProcess(cc as string, [...flags, '-DSAFETY', '-o', 'pan', 'pan.c'], folder);
  if (made.code !== 0) return 'the checker does not compile';
  const pan = await timedProcess(
    join(folder, 'pan'),
    ['-m100000', threads > 4 || rounds > 1 ? '-w22' : '-w18'],
    folder,
  );
  const states = Number(/(\d+) states, stored/.exec(pan.stdout)?.[1] ?? Number.NaN);
  const violated = /^pan:\d+: .*(assertion violated|invalid end state)/m.test(pan.stdout);
  return { total: generated.ms + made.ms + pan.ms, pan: pan.ms, states, violated };
}
