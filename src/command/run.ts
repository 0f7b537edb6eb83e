import { isProblem, type Problem } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import { isCheck } from '../report/refusal.js';
import type { Host } from './host.js';
import { analysisOptions, type CommonFlags } from './option.js';
import { formatOf, refuse } from './output.js';
import { progressLine } from './progress.js';

/**
 * Runs one analysis with its progress line, and hands the result on. A problem is told and its exit code
 * answered; the result's exit code is what `finish` answers.
 */
export async function run<Result extends object>(
  flags: CommonFlags,
  host: Host,
  analyse: (options: AnalysisOptions) => Promise<Result | Problem>,
  finish: (result: Result, elapsedMs: number) => Promise<number>,
): Promise<number> {
  const progress = progressLine(isCheck(formatOf(flags)) ? { ...host, say: () => {} } : host);
  let answer: Result | Problem;
  try {
    answer = await analyse(analysisOptions(flags, progress.show));
  } finally {
    progress.clear();
  }
  return isProblem(answer) ? refuse(answer, flags, host) : finish(answer, progress.elapsedMs());
}
