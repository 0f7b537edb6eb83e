import { isProblem } from '../finding/problem.js';
import { exitCode } from './exit-code.js';
import { tellProblem } from './output.js';
import { progressLine } from './progress.js';
import type { World } from './world.js';

export interface IngestFlags {
  source?: string[];
  store?: string;
  stats?: boolean;
  follow?: boolean;
}

/** `faultline ingest --source S`: takes mail into the store; answers the exit code. */
export async function ingestCommand(flags: IngestFlags, world: World): Promise<number> {
  const sources = flags.source ?? [];
  if (sources.length === 0)
    return tellProblem({ problem: 'ingest needs a --source', exit: exitCode.usage }, world);
  if (flags.store === undefined)
    world.say('faultline: without --store what is read is counted and not kept\n');
  const progress = progressLine(world);
  const report = await world.analysis.takeIn({
    sources,
    ...(flags.store === undefined ? {} : { store: flags.store }),
    follow: flags.follow === true,
    signal: world.untilStopped(),
    environment: world.environment,
    stdin: world.input,
    onProgress: progress.show,
    onTrouble: (line) => {
      progress.clear();
      tellProblem({ problem: line, exit: exitCode.unreachable }, world);
    },
  });
  progress.clear();
  if (isProblem(report)) return tellProblem(report, world);
  if (flags.stats === true) await world.write(`${JSON.stringify(report)}\n`);
  else world.say(`faultline: ${report.fresh} new of ${report.messages} mails, ${report.series} series\n`);
  return exitCode.clean;
}
