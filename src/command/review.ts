import { isProblem } from '../finding/problem.js';
import type { Review } from '../finding/review.js';
import type { ReportContext } from '../report/context.js';
import { reporters } from '../report/index.js';
import { type Bar, reviewExit } from './exit-code.js';
import { readInput } from './input.js';
import type { CommonFlags } from './option.js';
import { deliver, formatOf, refuse, reportContext } from './output.js';
import { run } from './run.js';
import type { World } from './world.js';

export interface ReviewFlags extends CommonFlags {
  failOn: Bar;
}

async function contextFor(
  input: Buffer,
  file: string | undefined,
  flags: ReviewFlags,
  elapsedMs: number,
  world: World,
): Promise<ReportContext> {
  const context = reportContext(flags, world);
  // Seconds differ from run to run: only a person at a terminal is told, files and pipes stay the same.
  const watched = world.outputIsTerminal && flags.output === undefined;
  return {
    ...context,
    patchName: file === undefined || file === '-' ? null : file,
    elapsedMs: watched ? elapsedMs : null,
    messages: formatOf(flags) === 'email' ? await world.analysis.messages(input) : new Map(),
  };
}

/** `faultline review [FILE|-]`: answers the exit code. */
export async function reviewCommand(
  file: string | undefined,
  flags: ReviewFlags,
  world: World,
): Promise<number> {
  const input = await readInput(file, world);
  if (isProblem(input)) return refuse(input, flags, world);
  const finish = async (review: Review, elapsedMs: number) => {
    const report = reporters.get(formatOf(flags))!(
      review,
      await contextFor(input, file, flags, elapsedMs, world),
    );
    if (report.note !== null) world.say(`faultline: ${report.note}\n`);
    return deliver(report.output, flags, reviewExit(review, flags.failOn), world);
  };
  return run(flags, world, (options) => world.analysis.review(input, options), finish);
}
