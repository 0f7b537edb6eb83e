import { coversText } from '../report/covers.js';
import { jsonDocument } from '../report/json.js';
import { exitCode } from './exit-code.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext } from './output.js';
import { run } from './run.js';
import type { World } from './world.js';

/** `faultline covers FILE|FUNCTION`: how far a file or function is understood; answers the exit code. */
export async function coversCommand(target: string, flags: CommonFlags, world: World): Promise<number> {
  return run(
    flags,
    world,
    (options) => world.analysis.covers(target, options),
    (report) => {
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(report) : coversText(report, reportContext(flags, world));
      return deliver(text, flags, report.files.length === 0 ? exitCode.input : exitCode.clean, world);
    },
  );
}
