import type { Bench } from './bench.js';
import { built } from './built.js';
import { timed } from './measure.js';
import { scenarioOf } from './pmd-race.js';
import { alone, type Row } from './row.js';

/** How states and time grow with threads, and with what each of them does; as searched for a review, reduced. */
export const growth: Bench = async () => {
  const { compile } = await built.compile();
  const { explore } = await built.simulator();
  const rows: Row[] = [];
  for (const [threads, rounds] of [
    [2, 1],
    [3, 1],
    [4, 1],
    [5, 1],
    [2, 2],
    [2, 3],
    [3, 2],
    [3, 3],
    [4, 2],
  ] as const) {
    const scenario = scenarioOf(compile, threads, true, threads * 10 + rounds, rounds);
    let states = 0;
    const ms = timed(() => {
      states = explore(scenario, { states: 3_000_000, full: false }).states;
    });
    const name = `growth, ${threads} threads x ${rounds} fault${rounds > 1 ? 's' : ''}`;
    rows.push(alone(`${name}: states`, states, 'states'), alone(name, ms, 'ms'));
  }
  return rows;
};
