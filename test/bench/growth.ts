import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../simulator/index.js';
import type { Code } from '../../src/code/code.js';
import type { Bench, Given } from './bench.js';
import { built } from './built.js';
import { type Calls, growthRace } from './growth-race.js';
import { timed } from './measure.js';
import { scenarioOf } from './pmd-race.js';
import { alone, type Row } from './row.js';

/** How states and time grow with one thing, all else being the same. */
export interface Curve {
  name: string;
  /** Without a number of states where the search did not come to its end. */
  points: { at: number; states: number | null; ms: number }[];
}

const most = 3_000_000;

/** How states and time grow: the smallest model of a race, and fs/dax.c itself; as searched for a review, reduced. */
export const growth: Bench = async (given) => [
  ...(await smallModel()),
  ...(await growthOf(given)).flatMap(({ name, points }) =>
    points.flatMap(({ at, states, ms }) => [
      alone(`growth, fs/dax.c, ${name}: ${at}: states`, states, 'states'),
      alone(`growth, fs/dax.c, ${name}: ${at}`, ms, 'ms'),
    ]),
  ),
];

async function smallModel(): Promise<Row[]> {
  const { compile } = await built.compile();
  const sizes = [...[2, 3, 4, 5].map((threads) => [threads, 1]), [2, 2], [2, 3], [3, 2], [3, 3], [4, 2]];
  const rows: Row[] = [];
  for (const [threads = 2, rounds = 1] of sizes) {
    const { states, ms } = await searched(
      scenarioOf(compile, threads, true, threads * 10 + rounds, rounds),
      1,
    );
    const name = `growth, ${threads} threads x ${rounds} fault${rounds > 1 ? 's' : ''}`;
    rows.push(alone(`${name}: states`, states, 'states'), alone(name, ms, 'ms'));
  }
  return rows;
}

const write = (index: number): Calls => [`pte_fault(0, ${index}, 1)`];
const file = (pages: number, mapped: number): Calls => [
  `world_file(${pages})`,
  ...Array.from({ length: mapped }, (_, index) => `pte_fault(0, ${index}, ${index === 0 ? 1 : 0})`),
];
const functions: Calls = [
  'writeback_file()',
  'invalidate_range(0, 2)',
  'lock_mapping_entry(0)',
  'pte_fault(0, 1, 0)',
  'truncate_file(1)',
];

/** What grows, from 1 to so much, and the set-up and the threads that this makes. */
const shapes: { name: string; upTo: number; of: (n: number) => { start: Calls; threads: Calls[] } }[] = [
  {
    name: 'threads, a write fault each, on one page',
    upTo: 4,
    of: (n) => ({ start: file(4, 0), threads: Array.from({ length: n }, () => write(0)) }),
  },
  {
    name: 'threads, a write fault each, on a page of its own',
    upTo: 4,
    of: (n) => ({ start: file(4, 0), threads: Array.from({ length: n }, (_, index) => write(index)) }),
  },
  {
    name: 'threads, each in another function',
    upTo: 4,
    of: (n) => ({
      start: file(2, 1),
      threads: [write(0), ...functions.map((call) => [call])].slice(0, n),
    }),
  },
  {
    name: 'functions that one of two threads calls',
    upTo: 5,
    of: (n) => ({ start: file(2, 1), threads: [write(0), functions.slice(0, n)] }),
  },
  {
    name: 'slots that an invalidation empties beside a write fault',
    upTo: 8,
    of: (n) => ({ start: file(n, n), threads: [write(n - 1), [`invalidate_range(0, ${n})`]] }),
  },
];

/** The curves of fs/dax.c: of a tree, or of the baseline. They are measured in a process that has searched them once. */
export async function growthOf({ tree }: Given): Promise<Curve[]> {
  const code = await codeOf(tree);
  await curvesOf(code);
  return curvesOf(code);
}

async function curvesOf(code: Code): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const { name, upTo, of } of shapes) {
    const points: Curve['points'] = [];
    for (let at = 1; at <= upTo; at++) {
      const { start, threads } = of(at);
      points.push({ at, ...(await searched(await growthRace(code, start, threads), 5)) });
    }
    curves.push({ name, points });
  }
  return curves;
}

async function codeOf(tree: string | undefined): Promise<Code> {
  if (tree === undefined) return (await built.baseline()).readBaseline('xarray');
  const text = readFileSync(join(tree, 'fs/dax.c'), 'utf8');
  return { files: new Map([['fs/dax.c', text]]), baseline: false };
}

/** The quickest of some searches, and what each of them met. */
async function searched(scenario: Scenario, runs: number): Promise<{ states: number | null; ms: number }> {
  const { explore } = await built.simulator();
  let states: number | null = null;
  const all = Array.from({ length: runs }, () =>
    timed(() => {
      const { bound, ...verdict } = explore(scenario, { states: most, full: false });
      states = bound === 'complete' ? verdict.states : null;
    }),
  );
  return { states, ms: Math.min(...all) };
}
