import { loadConfig } from './config.js';
import { exitCode } from './exit-code.js';
import { tellProblem } from './output.js';
import type { World } from './world.js';

export interface ServeFlags {
  config?: string;
  changeQueue?: boolean;
}

/** `faultline serve`: runs until it is told to end; answers the exit code. */
export async function serveCommand(flags: ServeFlags, world: World): Promise<number> {
  const found = await loadConfig(flags.config, world);
  if (found === undefined) return exitCode.usage;
  const problem = await world.analysis.serve({
    config: found.config,
    reload: async () => (await loadConfig(found.path, world))?.config,
    changeQueue: flags.changeQueue === true,
    environment: world.environment,
    signals: world.signals(),
  });
  return problem === undefined ? exitCode.clean : tellProblem(problem, world);
}

/** `faultline worker`: reviews for a daemon elsewhere until it is told to end; answers the exit code. */
export async function workerCommand(flags: Pick<ServeFlags, 'config'>, world: World): Promise<number> {
  const found = await loadConfig(flags.config, world);
  if (found === undefined) return exitCode.usage;
  const { config } = found;
  const problem = await world.analysis.work({
    config,
    environment: world.environment,
    signals: world.signals(),
  });
  return problem === undefined ? exitCode.clean : tellProblem(problem, world);
}
