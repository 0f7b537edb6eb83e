import type { Change } from '../change/change.js';
import { lineBefore } from '../code/changed-lines.js';
import { leftOutGaps } from '../code/gap/left-out.js';
import { modelledFiles } from '../code/modelled.js';
import { touchedFunctions } from '../code/touched.js';
import type { Finding } from '../finding/finding.js';
import type { ReviewOptions } from '../finding/request.js';
import type { NotAnalysed, PathRun } from '../finding/review.js';
import type { Verdict } from '../finding/verdict.js';
import { comparePaths } from './compare-paths.js';
import { lostReleases, withLost } from './lost-release.js';
import { newlyUnset } from './newly-unset.js';
import { opened, spelled } from './opened.js';
import { pathFinding } from './path-finding.js';
import { pathGaps } from './path-gaps.js';
import { reviewCallers } from './review-callers.js';
import { type FunctionRun, runPaths } from './run-paths.js';
import { sidesOf, whyTooMuch } from './sides.js';

export interface PathReview {
  findings: Finding[];
  paths: PathRun[];
  notAnalysed: NotAnalysed[];
}

type Config = ReviewOptions['config'];

/**
 * Runs all paths of the functions that a patch touches, and of those that reach them, before and after; once more in
 * another configuration, where the patch changes what the usual one leaves out.
 */
export async function reviewPaths(
  change: Change,
  { config }: Pick<ReviewOptions, 'config'>,
): Promise<PathReview> {
  const tooMuch = whyTooMuch(change);
  if (tooMuch !== undefined)
    return { findings: [], paths: [], notAnalysed: [{ what: 'the path rules', why: tooMuch }] };
  const sides = sidesOf(change, config);
  const usual = await reviewSides(change, sides, config);
  const more = opened(sides, config);
  const gaps = leftOutOfPaths(sides, more ?? config);
  if (!more) return { ...usual, notAnalysed: [...usual.notAnalysed, ...gaps] };
  const other = await reviewSides(change, sidesOf(change, more), more);
  return together(usual, other, `the configuration has ${spelled(more)}`, gaps);
}

/** What is left out of files that only path rules read, in each configuration; of the others it is told elsewhere. */
function leftOutOfPaths({ before, after }: Sides, config: Config): NotAnalysed[] {
  const changed = { before: before.changed, after: after.changed };
  const isMeant = (file: string) => !modelledFiles.includes(file);
  const gaps = leftOutGaps(before.code, after.code, changed, config, isMeant);
  return gaps.map(({ what, why }) => ({ what, why }));
}

/** The second adds what the first has not seen. */
function together(one: PathReview, two: PathReview, assumption: string, gaps: NotAnalysed[]): PathReview {
  const ids = new Set(one.findings.map(({ id }) => id));
  const seen = new Set(one.paths.map(({ file, function: name }) => `${file} ${name}`));
  const told = new Set(one.notAnalysed.map(({ what, why }) => `${what} ${why}`));
  const assumed = <T extends { assumptions: string[] }>(each: T): T => ({
    ...each,
    assumptions: [...each.assumptions, assumption],
  });
  return {
    findings: [...one.findings, ...two.findings.filter(({ id }) => !ids.has(id)).map(assumed)],
    paths: [
      ...one.paths,
      ...two.paths.filter(({ file, function: name }) => !seen.has(`${file} ${name}`)).map(assumed),
    ],
    notAnalysed: [
      ...one.notAnalysed,
      ...two.notAnalysed.filter(({ what, why }) => !told.has(`${what} ${why}`)),
      ...gaps,
    ],
  };
}

type Sides = ReturnType<typeof sidesOf>;

async function reviewSides(change: Change, sides: Sides, config: Config): Promise<PathReview> {
  const names = new Set(
    touchedFunctions(sides.before.code, sides.after.code, config).map(({ name }) => name),
  );
  if (names.size === 0) return { findings: [], paths: [], notAnalysed: [] };
  const runs = runPaths(sides.before.code, sides.after.code, names, config);
  const { before: was, after: is, notAnalysed: unset } = newlyUnset(runs.before, runs.after);
  const failed: NotAnalysed[] = [];
  const moved = lineBefore(sides.after.changed);
  const lost = lostReleases(
    change.files,
    { ...sides.before, runs: was },
    { ...sides.after, runs: is },
    moved,
  );
  const compared = [...comparePaths(was, is, moved), ...lost];
  const findings = compared.flatMap((one) => {
    const finding = pathFinding(one, sides[one.side]);
    if (finding === undefined)
      failed.push({
        what: `${one.run.fn.name}()`,
        why: `the path of a ${one.said.rule.rule} did not replay`,
      });
    return finding ?? [];
  });
  const paths = runsOf(was, withLost(is, lost));
  const callers = await reviewCallers(change, sides, names, config);
  return {
    findings: [...findings, ...callers.findings],
    paths,
    notAnalysed: [...failed, ...pathGaps(paths), ...unset, ...callers.notAnalysed],
  };
}

function runsOf(was: ReadonlyMap<string, FunctionRun>, is: ReadonlyMap<string, FunctionRun>): PathRun[] {
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((key) => {
    const [before, after] = [was.get(key), is.get(key)];
    const { fn } = (after ?? before) as FunctionRun;
    return {
      file: fn.file,
      function: fn.name,
      before: verdictOf(before),
      after: verdictOf(after),
      paths: (before?.verdict.paths ?? 0) + (after?.verdict.paths ?? 0),
      assumptions: assumptionsOf([before, after]),
      why: after?.verdict.over ?? before?.verdict.over ?? null,
    };
  });
}

/** What the verdicts of both sides take for granted, each once. */
function assumptionsOf(runs: readonly (FunctionRun | undefined)[]): string[] {
  return [...new Set(runs.flatMap((run) => run?.verdict.excused.flatMap(({ excuse = [] }) => excuse) ?? []))];
}

function verdictOf(run: FunctionRun | undefined): Verdict {
  if (run === undefined) return 'absent';
  if (run.verdict.said.length > 0) return 'violated';
  return run.verdict.over === undefined ? 'holds' : 'not-analysed';
}
