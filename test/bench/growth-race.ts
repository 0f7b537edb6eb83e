import type { Scenario } from '../../simulator/index.js';
import type { Code } from '../../src/code/code.js';
import { built } from './built.js';

/** What one of the threads does, or the set-up: calls of roles, as a race of the catalogue has them. */
export type Calls = readonly string[];

let serial = 0;

/** A race of these threads on real code, which asks for what every race asks for. Throws where the code lacks a role. */
export async function growthRace(code: Code, start: Calls, threads: readonly Calls[]): Promise<Scenario> {
  const { parseRace } = await built.parseRace();
  const { link } = await built.link();
  const id = `growth-${serial++}`;
  const linked = link(parseRace(`${id}.c`, textOf(id, start, threads)), code);
  if ('absent' in linked) throw new Error(`${id}: ${linked.absent}`);
  return linked.scenario;
}

function textOf(id: string, start: Calls, threads: readonly Calls[]): string {
  const each = threads.map((calls, n) => functionOf(`thread ${n}`, `thread_${n}`, calls));
  return [
    `/*\n * ${id}\n *\n * Id: ${id}\n * Rule: lost-wakeup\n * Era: xarray\n */`,
    functionOf('start', 'start', start),
    ...each,
    functionOf('finally', 'finally', ['check_page_tables()', 'check_no_locked_entry()']),
    // Nothing is to be found here, so nothing breaks it.
    '#ifdef BROKEN\n#endif\n',
  ].join('\n\n');
}

function functionOf(mark: string, name: string, calls: Calls): string {
  return `/* @${mark} */\nvoid ${name}(void)\n{\n${calls.map((call) => `\t${call};\n`).join('')}}`;
}
