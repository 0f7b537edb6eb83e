import { checkText } from '../report/check.js';
import { jsonDocument } from '../report/json.js';
import { checkExit, exitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';

/** `faultline check --tree T`: the catalogue on a tree as it stands; answers the exit code. */
export async function checkCommand(flags: CommonFlags, host: Host): Promise<number> {
  const [tree, ...others] = flags.tree;
  if (tree === undefined || others.length > 0)
    return tellProblem({ problem: 'check needs exactly one --tree', exit: exitCode.usage }, host);
  return run(
    flags,
    host,
    (options) => host.analysis.check(options.trees[0]!, options),
    (report) => {
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(report) : checkText(report, reportContext(flags, host));
      return deliver(text, flags, checkExit(report), host);
    },
  );
}
