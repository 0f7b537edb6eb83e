import type { TruthTable } from '../finding/truth.js';
import { escapeLine } from '../report/escape.js';
import { jsonDocument } from '../report/json.js';
import { truthText } from '../report/truth.js';
import { evaluateExit } from './exit-code.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext } from './output.js';
import { run } from './run.js';
import type { World } from './world.js';

/** `faultline evaluate DIR`: the reviews of known history, held against it; answers the exit code. */
export async function evaluateCommand(folder: string, flags: CommonFlags, world: World): Promise<number> {
  return run(
    flags,
    world,
    (options) => world.analysis.evaluate(folder, options),
    (table: TruthTable) => {
      for (const { id, why } of table.broken)
        world.say(`faultline: ${escapeLine(id)} is no case: ${escapeLine(why)}\n`);
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(table) : truthText(table, reportContext(flags, world));
      return deliver(text, flags, evaluateExit(table), world);
    },
  );
}
