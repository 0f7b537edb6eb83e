import type { TruthTable } from '../finding/truth.js';
import { escapeLine } from '../report/escape.js';
import { jsonDocument } from '../report/json.js';
import { truthText } from '../report/truth.js';
import { evaluateExit } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext } from './output.js';
import { run } from './run.js';

/** `faultline evaluate DIR`: the reviews of known history, held against it; answers the exit code. */
export async function evaluateCommand(folder: string, flags: CommonFlags, host: Host): Promise<number> {
  return run(
    flags,
    host,
    (options) => host.analysis.evaluate(folder, options),
    (table: TruthTable) => {
      for (const { id, why } of table.broken)
        host.say(`faultline: ${escapeLine(id)} is no case: ${escapeLine(why)}\n`);
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(table) : truthText(table, reportContext(flags, host));
      return deliver(text, flags, evaluateExit(table), host);
    },
  );
}
