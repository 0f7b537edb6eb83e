import type { Finding } from '../finding/finding.js';
import { ownLine } from '../finding/own-line.js';
import { racesJudged, takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { Forge } from './forge.js';
import type { Repository } from './pull.js';
import { fitted } from './sticky.js';

/** How the check of a pull request is called: a branch rule may ask for it. */
const checkName = 'Faultline';
/** More checks than a commit has, those of others included. */
const mostChecks = 1000;
/** GitHub takes this many in one request. */
const mostAnnotations = 50;

export type Conclusion = 'success' | 'failure' | 'neutral';

/** Introduced is a failure; what was not analysed, or is disputed, is never a success. */
export function conclusionOf(review: Review, disputed = 0): { conclusion: Conclusion; title: string } {
  const findings = review.patches.flatMap((patch) => patch.findings);
  const introduced = findings.filter(({ status }) => status === 'introduced').length;
  if (introduced > 0) return { conclusion: 'failure', title: `${introduced} introduced` };
  if (disputed > 0) return { conclusion: 'neutral', title: `${disputed} introduced, and disputed` };
  const unknown = findings.filter(({ status }) => status === 'unknown-origin').length;
  if (unknown > 0) return { conclusion: 'neutral', title: `${unknown} of unknown origin` };
  const touching = review.patches.filter(touchesModel);
  if (touching.length === 0)
    return { conclusion: 'neutral', title: 'changes nothing that a scenario executes' };
  if (!touching.every(wasJudged)) return { conclusion: 'neutral', title: 'not analysed' };
  const taken = touching.map(takenAway).find((each) => each !== undefined);
  if (taken !== undefined) return { conclusion: 'neutral', title: taken };
  const gaps = review.patches.reduce((sum, patch) => sum + gapsIn(patch), 0);
  const title = `nothing introduced${replayed(touching)}`;
  return gaps === 0
    ? { conclusion: 'success', title }
    : { conclusion: 'neutral', title: `${title}; not analysed: ${gaps}` };
}

/** What a patch left open; one reason may stand for several races, and is told all the same. */
function gapsIn({ replays, notAnalysed }: PatchReview): number {
  const unjudged = replays.filter(({ after }) => after === 'not-analysed').length;
  return Math.max(unjudged, notAnalysed.length);
}

/** Only what was judged; nothing where only paths were. */
function replayed(patches: PatchReview[]): string {
  const races = racesJudged(patches);
  return races === 0 ? '' : `: ${races} ${races === 1 ? 'race' : 'races'} replayed`;
}

function annotationOf(finding: Finding) {
  const { rule, title, message, location } = finding;
  const line = Math.max(1, ownLine(finding));
  return {
    path: location.file,
    start_line: line,
    end_line: line,
    annotation_level: 'failure',
    title: `${rule} in ${location.function}()`.slice(0, 255),
    message: `${title}. ${message}`.slice(0, 60_000),
  };
}

/** What stands beside the lines that a review is about. */
export function annotationsOf(review: Review) {
  return (
    review.patches
      .flatMap((patch) => patch.findings)
      .filter(({ status, location }) => status === 'introduced' && location.side === 'after')
      // Of one on the baseline it may not be known where the reader has it; the summary tells it all the same.
      .filter((finding) => !finding.onBaseline || ownLine(finding) > 0)
      .slice(0, mostAnnotations)
      .map(annotationOf)
  );
}

export interface CheckOutput {
  conclusion: Conclusion;
  title: string;
  summary: string;
  annotations: ReturnType<typeof annotationsOf>;
}

/** A commit of a repository, and the proposal that stands at it: `pull/7` or `push/SHA/next`. */
export type Head = Repository & { headSha: string; proposal: string };

interface Run {
  id: number;
  name: string;
  external_id?: string | null;
}

/** Whether a check of this name is one of ours. */
export function isOurCheck(name: unknown): boolean {
  return typeof name === 'string' && (name === checkName || name.startsWith(`${checkName} (`));
}

/** GitHub shows only the last check of a name at a commit: a second proposal there gets a name of its own. */
function nameOf(proposal: string, ours: readonly Run[]): string {
  const branch = /^push\/\w+\/(.+)$/.exec(proposal)?.[1];
  if (branch !== undefined) return `${checkName} (push to ${branch})`;
  const isTaken = ours.some(({ name, external_id }) => name === checkName && Boolean(external_id));
  return isTaken ? `${checkName} (${proposal})` : checkName;
}

/**
 * Makes the check of this proposal at this commit say this; made anew for each commit, and never twice for one. Two
 * proposals may stand at one commit, and what is good in one of them is not in the other: each has its own.
 */
export async function putCheckRun(
  forge: Forge,
  { owner, repo, headSha, proposal }: Head,
  { conclusion, title, summary, annotations }: CheckOutput,
): Promise<void> {
  const output = { title, summary: fitted(summary), annotations };
  const body = { status: 'completed', conclusion, output };
  const where = { owner, repo, ref: headSha, filter: 'all' };
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
  const ours = (await forge.list<Run>(route, where, mostChecks)).filter(({ name }) => isOurCheck(name));
  const run = ours.find(({ external_id }) => external_id === proposal);
  if (run === undefined) {
    const fresh = { head_sha: headSha, name: nameOf(proposal, ours), external_id: proposal };
    await forge.request('POST /repos/{owner}/{repo}/check-runs', { owner, repo, ...fresh, ...body });
  } else
    await forge.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner,
      repo,
      check_run_id: run.id,
      ...body,
    });
}
