import { isProblem } from '../finding/problem.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { tellProblem } from './output.js';
import { progressLine } from './progress.js';

export interface IngestFlags {
  source?: string[];
  store?: string;
  stats?: boolean;
  follow?: boolean;
}

/** `faultline ingest --source S`: takes mail into the store; answers the exit code. */
export async function ingestCommand(flags: IngestFlags, host: Host): Promise<number> {
  const sources = flags.source ?? [];
  if (sources.length === 0)
    return tellProblem({ problem: 'ingest needs a --source', exit: exitCode.usage }, host);
  if (flags.store === undefined)
    host.say('faultline: without --store what is read is counted and not kept\n');
  const progress = progressLine(host);
  const report = await host.analysis.takeIn({
    sources,
    ...(flags.store === undefined ? {} : { store: flags.store }),
    follow: flags.follow === true,
    signal: host.untilStopped(),
    environment: host.environment,
    stdin: host.input,
    onProgress: progress.show,
    onTrouble: (line) => {
      progress.clear();
      tellProblem({ problem: line, exit: exitCode.unreachable }, host);
    },
  });
  progress.clear();
  if (isProblem(report)) return tellProblem(report, host);
  if (flags.stats === true) await host.write(`${JSON.stringify(report)}\n`);
  else host.say(`faultline: ${report.fresh} new of ${report.messages} mails, ${report.series} series\n`);
  return exitCode.clean;
}
