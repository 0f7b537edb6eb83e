import { loadConfig } from './config.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { tellProblem } from './output.js';

export interface ServeFlags {
  config?: string;
  changeQueue?: boolean;
}

/** `faultline serve`: runs until it is told to end; answers the exit code. */
export async function serveCommand(flags: ServeFlags, host: Host): Promise<number> {
  const found = await loadConfig(flags.config, host);
  if (found === undefined) return exitCode.usage;
  const problem = await host.analysis.serve({
    config: found.config,
    reload: async () => (await loadConfig(found.path, host))?.config,
    changeQueue: flags.changeQueue === true,
    environment: host.environment,
    signals: host.signals(),
  });
  return problem === undefined ? exitCode.clean : tellProblem(problem, host);
}

/** `faultline worker`: reviews for a daemon elsewhere until it is told to end; answers the exit code. */
export async function workerCommand(flags: Pick<ServeFlags, 'config'>, host: Host): Promise<number> {
  const found = await loadConfig(flags.config, host);
  if (found === undefined) return exitCode.usage;
  const { config } = found;
  const problem = await host.analysis.work({
    config,
    environment: host.environment,
    signals: host.signals(),
  });
  return problem === undefined ? exitCode.clean : tellProblem(problem, host);
}
