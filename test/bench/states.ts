import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds, Scenario } from '../../simulator/index.js';
import type { Code } from '../../src/code/code.js';
import type { Bench, Given } from './bench.js';
import { built } from './built.js';
import { median, timed } from './measure.js';
import { pmdRace } from './pmd-race.js';
import { alone, type Row } from './row.js';

const runs = 3;

/** How quickly the search alone goes: on the worlds of the catalogue, and on the smallest model of a race. */
export const states: Bench = async (given) => {
  const small = await pmdRace(4, true);
  const all = await worlds(given);
  return [
    ...(await rate('the catalogue', all, { full: false })),
    ...(await rate('the catalogue, threads told apart', all, { full: false, apart: true })),
    ...(await rate('the 2017 race alone, 4 threads, nothing reduced', [small], { full: true })),
  ];
};

async function rate(name: string, scenarios: Scenario[], bounds: Omit<Bounds, 'states'>): Promise<Row[]> {
  const { explore } = await built.simulator();
  let found = 0;
  let steps = 0;
  const all = Array.from({ length: runs }, () => {
    found = 0;
    steps = 0;
    return timed(() => {
      for (const scenario of scenarios) {
        const verdict = explore(scenario, { ...bounds, states: 1_000_000 });
        found += verdict.states;
        steps += verdict.transitions;
      }
    });
  });
  const seconds = median(all) / 1000;
  return [
    alone(`${name}, searched`, 1000 * seconds, 'ms'),
    alone(`${name}: ${found} states`, found / seconds, 'states/s'),
    alone(`${name}: ${steps} transitions`, steps / seconds, 'transitions/s'),
  ];
}

/** Every race of the catalogue that exists on the given code. */
async function worlds({ tree }: Given): Promise<Scenario[]> {
  const { link } = await built.link();
  const { readBaseline } = await built.baseline();
  const path = tree === undefined ? undefined : join(tree, 'fs/dax.c');
  const code: Code =
    path !== undefined && existsSync(path)
      ? { files: new Map([['fs/dax.c', readFileSync(path, 'utf8')]]), baseline: false }
      : readBaseline('xarray');
  const scenarios: Scenario[] = [];
  for (const entry of (await built.catalogue()).readCatalogue()) {
    const linked = link(entry, code);
    if ('scenario' in linked && linked.compilation.missing.length === 0) scenarios.push(linked.scenario);
  }
  return scenarios;
}
