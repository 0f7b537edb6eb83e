import { isProblem } from '../finding/problem.js';
import { whyNotReady } from '../finding/status.js';
import { jsonDocument } from '../report/json.js';
import { statusText } from '../report/status.js';
import { loadConfig } from './config.js';
import { exitCode } from './exit-code.js';
import { tellProblem } from './output.js';
import type { World } from './world.js';

export interface StatusFlags {
  config?: string;
  format?: string;
  ready?: boolean;
}

/** `faultline status`: how the daemon fares; answers the exit code. */
export async function statusCommand(flags: StatusFlags, world: World): Promise<number> {
  const found = await loadConfig(flags.config, world);
  if (found === undefined) return exitCode.usage;
  const status = await world.analysis.status(found.config, world.environment);
  if (isProblem(status)) return tellProblem(status, world);
  const reasons = flags.ready === true ? whyNotReady(status) : [];
  if (reasons.length > 0)
    return tellProblem({ problem: reasons.join('; '), exit: exitCode.unreachable }, world);
  await world.write(flags.format === 'json' ? jsonDocument({ ...status, schema: 1 }) : statusText(status));
  return exitCode.clean;
}
