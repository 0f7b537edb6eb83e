import type { Input } from '../finding/input.js';
import { isProblem } from '../finding/problem.js';
import type { AnalysisOptions, ReplayOptions } from '../finding/request.js';
import { jsonDocument } from '../report/json.js';
import { replayText } from '../report/replay.js';
import { replayExit } from './exit-code.js';
import type { Host } from './host.js';
import { lookUpOptions, readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';
import { stepThrough } from './step-through.js';

export interface ReplayFlags extends CommonFlags {
  patch?: string;
  /** Where a mail is that was named by its Message-ID. */
  store?: string;
  from?: string;
  /** False: print it, also on a terminal. */
  step?: boolean;
}

/** Commits are replayed on the tree that they were made in. */
function patchOf(patch: Input | undefined, { trees }: AnalysisOptions): Partial<ReplayOptions> {
  if (patch === undefined) return {};
  return {
    patch: patch.bytes,
    ...(patch.wanted === undefined ? {} : { wanted: patch.wanted }),
    ...(patch.tree === undefined || trees.length > 0 ? {} : { trees: [patch.tree] }),
  };
}

/** Somebody sits there and reads, and has keys to press. */
function wantsSteps(flags: ReplayFlags, host: Host): boolean {
  const terminal = host.inputIsTerminal && host.outputIsTerminal && host.environment.TERM !== 'dumb';
  return terminal && flags.step !== false && flags.output === undefined;
}

/** `faultline replay WITNESS`: runs a witness again; answers the exit code. */
export async function replayCommand(witness: string, flags: ReplayFlags, host: Host): Promise<number> {
  const patch =
    flags.patch === undefined ? undefined : await readInput(flags.patch, lookUpOptions(flags), host);
  if (patch !== undefined && isProblem(patch)) return tellProblem(patch, host);
  return run(
    flags,
    host,
    (options) => host.analysis.replayWitness(witness, { ...options, ...patchOf(patch, options) }),
    async (report) => {
      const json = formatOf(flags) === 'json';
      if (report.finding !== null && !json && wantsSteps(flags, host))
        await stepThrough(report.finding, reportContext(flags, host), host);
      const text = json ? jsonDocument(report) : replayText(report, reportContext(flags, host));
      return deliver(text, flags, replayExit(report), host);
    },
  );
}
