import { isProblem } from '../finding/problem.js';
import { jsonDocument } from '../report/json.js';
import { replayText } from '../report/replay.js';
import { replayExit } from './exit-code.js';
import { readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, reportContext, tellProblem } from './output.js';
import { run } from './run.js';
import type { World } from './world.js';

export interface ReplayFlags extends CommonFlags {
  patch?: string;
}

/** `faultline replay WITNESS`: runs a witness again; answers the exit code. */
export async function replayCommand(witness: string, flags: ReplayFlags, world: World): Promise<number> {
  const patch = flags.patch === undefined ? undefined : await readInput(flags.patch, world);
  if (patch !== undefined && isProblem(patch)) return tellProblem(patch, world);
  return run(
    flags,
    world,
    (options) => world.analysis.replayWitness(witness, patch === undefined ? options : { ...options, patch }),
    (report) => {
      const json = formatOf(flags) === 'json';
      const text = json ? jsonDocument(report) : replayText(report, reportContext(flags, world));
      return deliver(text, flags, replayExit(report), world);
    },
  );
}
