import { readFileSync } from 'node:fs';
import type { Scenario } from '../../simulator/index.js';
import { built } from './built.js';

const text = readFileSync(new URL('../simulator/explore/pmd-race.c', import.meta.url), 'utf8');

/** The 2017 race with everything else taken away, compiled: the program that pmd-race.pml is the twin of. */
export async function pmdRace(threads: number, repaired: boolean): Promise<Scenario> {
  const { compile } = await built.compile();
  return scenarioOf(compile, threads, repaired, 0);
}

/** The same within a run that is timed: `run` makes the text new, so that nothing of it is known already. */
export function scenarioOf(
  compile: Awaited<ReturnType<typeof built.compile>>['compile'],
  threads: number,
  repaired: boolean,
  run: number,
  rounds = 1,
): Scenario {
  const head = `#define NT ${threads}\n#define ROUNDS ${rounds}\n${repaired ? '#define FIXED 1\n' : ''}`;
  const { program } = compile({
    sources: [{ path: 'pmd-race.c', text: `${head}${text}\n/* run ${run} */\n`, origin: 'race' }],
    headers: new Map(),
    roots: ['fault'],
  });
  const all = Array.from({ length: threads }, (_, n) => ({ name: `fault ${n}`, fn: 'fault' }));
  return { program, start: undefined, threads: all, always: [], finally: [] };
}
