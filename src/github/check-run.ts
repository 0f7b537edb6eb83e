import type { Finding } from '../finding/finding.js';
import { touchesModel, wasJudged } from '../finding/reach.js';
import type { Review } from '../finding/review.js';
import type { Forge } from './forge.js';
import type { Repository } from './pull.js';
import { fitted } from './sticky.js';

/** By which our check is known among those of a commit. */
export const checkName = 'Faultline';
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
  if (touching.length === 0) return { conclusion: 'neutral', title: 'touches nothing that is modelled' };
  if (!touching.every(wasJudged)) return { conclusion: 'neutral', title: 'not analysed' };
  return { conclusion: 'success', title: 'nothing introduced' };
}

function annotationOf({ rule, title, message, location }: Finding) {
  return {
    path: location.file,
    start_line: Math.max(1, location.line),
    end_line: Math.max(1, location.line),
    annotation_level: 'failure',
    title: `${rule} in ${location.function}()`.slice(0, 255),
    message: `${title}. ${message}`.slice(0, 60_000),
  };
}

/** What stands beside the lines that a review is about. */
export function annotationsOf(review: Review) {
  return review.patches
    .flatMap((patch) => patch.findings)
    .filter(({ status, location }) => status === 'introduced' && location.side === 'after')
    .slice(0, mostAnnotations)
    .map(annotationOf);
}

export interface CheckOutput {
  conclusion: Conclusion;
  title: string;
  summary: string;
  annotations: ReturnType<typeof annotationsOf>;
}

/** A commit of a repository. */
export type Head = Repository & { headSha: string };

/** Makes the check of this commit say this; made anew for each commit, and never twice for one. */
export async function putCheckRun(
  forge: Forge,
  { owner, repo, headSha }: Head,
  { conclusion, title, summary, annotations }: CheckOutput,
): Promise<void> {
  const output = { title, summary: fitted(summary), annotations };
  const body = { name: checkName, status: 'completed', conclusion, output };
  const known = await forge.request<{ check_runs: { id: number }[] }>(
    'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    { owner, repo, ref: headSha, check_name: checkName },
  );
  const [run] = known.data.check_runs;
  if (run === undefined)
    await forge.request('POST /repos/{owner}/{repo}/check-runs', { owner, repo, head_sha: headSha, ...body });
  else
    await forge.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner,
      repo,
      check_run_id: run.id,
      ...body,
    });
}
