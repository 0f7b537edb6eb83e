import type { Input } from '../finding/input.js';
import { isProblem } from '../finding/problem.js';
import type { AnalysisOptions, ReplayOptions } from '../finding/request.js';
import { jsonDocument } from '../report/json.js';
import { replayText } from '../report/replay.js';
import { replayExit } from './exit-code.js';
import { lookUpOptions, readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';
import { stepThrough } from './step-through.js';
import type { World } from './world.js';

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
function wantsSteps(flags: ReplayFlags, world: World): boolean {
  const terminal = world.inputIsTerminal && world.outputIsTerminal && world.environment.TERM !== 'dumb';
  return terminal && flags.step !== false && flags.output === undefined;
}

/** `faultline replay WITNESS`: runs a witness again; answers the exit code. */
export async function replayCommand(witness: string, flags: ReplayFlags, world: World): Promise<number> {
  const patch =
    flags.patch === undefined ? undefined : await readInput(flags.patch, lookUpOptions(flags), world);
  if (patch !== undefined && isProblem(patch)) return tellProblem(patch, world);
  return run(
    flags,
    world,
    (options) => world.analysis.replayWitness(witness, { ...options, ...patchOf(patch, options) }),
    async (report) => {
      const json = formatOf(flags) === 'json';
      if (report.finding !== null && !json && wantsSteps(flags, world))
        await stepThrough(report.finding, reportContext(flags, world), world);
      const text = json ? jsonDocument(report) : replayText(report, reportContext(flags, world));
      return deliver(text, flags, replayExit(report), world);
    },
  );
}
