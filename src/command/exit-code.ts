import type { CheckReport } from '../finding/check.js';
import type { FindingStatus } from '../finding/finding.js';
import type { MatrixReport } from '../finding/matrix.js';
import { touchesModel, wasJudged } from '../finding/reach.js';
import type { ReplayReport } from '../finding/replay-report.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { TruthTable } from '../finding/truth.js';

/** The exit codes of every command; docs/commands.md lists them for users. */
export const exitCode = { clean: 0, found: 1, usage: 2, input: 3, unreachable: 4, internal: 70 } as const;

/** Where `--fail-on` puts the bar; each word counts what stands before it as well. */
export const bars = ['introduced', 'unknown-origin', 'present', 'not-analysed'] as const;
export type Bar = (typeof bars)[number] | 'never';

/** Modelled code was touched, and not one race or path of it could be judged after the patch. */
function isBlind(patches: PatchReview[]): boolean {
  return patches.some(touchesModel) && !patches.some(wasJudged);
}

/** 1 when something reaches the bar, 3 when modelled code was touched and none of it analysed, else 0. */
export function reviewExit(review: Review, bar: Bar): number {
  if (bar !== 'never') {
    const counted: FindingStatus[] = (['introduced', 'unknown-origin', 'present'] as const).slice(
      0,
      bars.indexOf(bar) + 1,
    );
    const found = review.patches.some((patch) =>
      patch.findings.some((each) => counted.includes(each.status)),
    );
    const gap = bar === 'not-analysed' && review.patches.some((patch) => patch.notAnalysed.length > 0);
    if (found || gap) return exitCode.found;
  }
  return isBlind(review.patches) ? exitCode.input : exitCode.clean;
}

/** 1 when a race is violated, 3 when there are races and none of them could be judged, else 0. */
export function checkExit(report: CheckReport): number {
  const verdicts = report.results.map((result) => result.verdict);
  if (verdicts.includes('violated')) return exitCode.found;
  const blind = verdicts.includes('not-analysed') && !verdicts.includes('holds');
  return blind ? exitCode.input : exitCode.clean;
}

/** 0 when the violation was reached again, 3 when the code is another, 1 when the witness does not hold. */
export function replayExit(report: ReplayReport): number {
  if (report.outcome === 'reproduced') return exitCode.clean;
  return report.outcome === 'other-code' ? exitCode.input : exitCode.found;
}

/** 0 when every graded case is as history says, 3 when there is no case at all, else 1. */
export function evaluateExit(table: TruthTable): number {
  if (table.cases.length === 0) return exitCode.input;
  const wrong = table.broken.length > 0 || table.cases.some((one) => one.graded && !one.ok);
  return wrong ? exitCode.found : exitCode.clean;
}

/** 3 when no tree could be read, 1 where the catalogue is to be checked and does not agree, else 0. */
export function matrixExit(report: MatrixReport, checkSeen: boolean): number {
  if (report.trees.every((tree) => tree.problem !== null)) return exitCode.input;
  return checkSeen && report.disagreements.length > 0 ? exitCode.found : exitCode.clean;
}
