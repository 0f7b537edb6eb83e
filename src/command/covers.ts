import { coversText } from '../report/covers.js';
import { jsonDocument } from '../report/json.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext } from './output.js';
import { run } from './run.js';

/** `faultline covers FILE|FUNCTION`: how far a file or function is understood; answers the exit code. */
export async function coversCommand(target: string, flags: CommonFlags, host: Host): Promise<number> {
  return run(
    flags,
    host,
    (options) => host.analysis.covers(target, options),
    (report) => {
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(report) : coversText(report, reportContext(flags, host));
      return deliver(text, flags, report.files.length === 0 ? exitCode.input : exitCode.clean, host);
    },
  );
}
