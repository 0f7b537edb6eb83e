import { isProblem } from '../finding/problem.js';
import { whyNotReady } from '../finding/status.js';
import { jsonDocument } from '../report/json.js';
import { statusText } from '../report/status.js';
import { loadConfig } from './config.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { tellProblem } from './output.js';

export interface StatusFlags {
  config?: string;
  format?: string;
  ready?: boolean;
}

/** `faultline status`: how the daemon fares; answers the exit code. */
export async function statusCommand(flags: StatusFlags, host: Host): Promise<number> {
  const found = await loadConfig(flags.config, host);
  if (found === undefined) return exitCode.usage;
  const status = await host.analysis.status(found.config, host.environment);
  if (isProblem(status)) return tellProblem(status, host);
  const reasons = flags.ready === true ? whyNotReady(status) : [];
  if (reasons.length > 0)
    return tellProblem({ problem: reasons.join('; '), exit: exitCode.unreachable }, host);
  await host.write(flags.format === 'json' ? jsonDocument({ ...status, schema: 1 }) : statusText(status));
  return exitCode.clean;
}
