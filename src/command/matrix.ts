import { jsonDocument } from '../report/json.js';
import { matrixText } from '../report/matrix.js';
import { exitCode, matrixExit } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';

export interface MatrixFlags extends CommonFlags {
  checkSeen?: boolean;
}

/** `faultline matrix --tree A --tree B`: the catalogue on several kernels; answers the exit code. */
export async function matrixCommand(flags: MatrixFlags, host: Host): Promise<number> {
  if (flags.tree.length === 0)
    return tellProblem({ problem: 'matrix needs a --tree, better several', exit: exitCode.usage }, host);
  return run(
    flags,
    host,
    (options) => host.analysis.matrix(options),
    async (report) => {
      const checkSeen = flags.checkSeen === true;
      const told = checkSeen ? report : { ...report, disagreements: [] };
      const format = formatOf(flags);
      const context = reportContext(flags, host);
      const text =
        format === 'json'
          ? jsonDocument(report)
          : format === 'html'
            ? (await import('../report/matrix-page.js')).matrixPage(told)
            : matrixText(told, context);
      return deliver(text, flags, matrixExit(report, checkSeen), host);
    },
  );
}
