import type { Finding } from '../finding/finding.js';
import type { Outcome } from '../finding/outcome.js';
import type { Review } from '../finding/review.js';
import { defaultContext } from '../report/context.js';
import { markdownReport } from '../report/markdown.js';
import { annotationsOf, type CheckOutput, conclusionOf, type Head, putCheckRun } from './check-run.js';
import { type Forge, isFinal, statusOf } from './forge.js';
import { lineComments, plain, putLineComments, readChangedLines } from './line-comments.js';
import type { Pull } from './pull.js';
import { putSticky, type StickyOutcome } from './sticky.js';

export interface Published {
  comment: StickyOutcome;
  /** Why there is no check run; null when there is one. */
  noCheck: string | null;
}

export interface PublishOptions {
  /** Makes no comment; one that is there is kept true. */
  muted: boolean;
  /** Addresses where the same work is discussed on a list. */
  links: readonly string[];
  /** Shows assumptions and whole traces. */
  explain?: boolean;
  /** Whether somebody with the right to say so called a finding wrong, or meant. */
  isDisputed?: (finding: Finding) => boolean;
  /** What was asked for and not done. */
  complaints?: readonly string[];
}

/** What is left of a review without what was disputed, and how much that was. */
function undisputed(review: Review, isDisputed: (finding: Finding) => boolean) {
  const patches = review.patches.map((patch) => ({
    ...patch,
    findings: patch.findings.filter((each) => each.status !== 'introduced' || !isDisputed(each)),
  }));
  const count = (of: Review['patches']) => of.reduce((sum, { findings }) => sum + findings.length, 0);
  return { review: { ...review, patches }, disputed: count(review.patches) - count(patches) };
}

/** What is said at the bottom. */
function notes(disputed: number, { links, complaints = [] }: PublishOptions): string {
  const lines = [
    ...(disputed === 0 ? [] : [`Called wrong or meant to be so, and not shown: ${disputed} introduced.`]),
    ...(links.length === 0
      ? []
      : [`The same patch on a mailing list: ${links.map((link) => `<${link}>`).join(', ')}`]),
    ...complaints.map((line) => `Not done: ${plain(line)}`),
  ];
  return lines.map((line) => `\n${line}\n`).join('');
}

/** A report as the comment and the check have it, and what the check makes of it. */
function told(review: Review, patchName: string, options: PublishOptions) {
  const { review: left, disputed } = undisputed(review, options.isDisputed ?? (() => false));
  const context = {
    ...defaultContext,
    patchName,
    saved: { what: "the pull request's .patch", elsewhere: true },
    explain: options.explain === true,
  };
  const report = markdownReport(left, context).output + notes(disputed, options);
  const check = { ...conclusionOf(left, disputed), summary: report, annotations: annotationsOf(left) };
  return { left, report, check };
}

/**
 * Puts a review into a pull request: one comment, made or changed; comments beside changed lines; a check. Doing it
 * twice changes nothing. A quiet review makes no first comment: the check says that it was done.
 */
export async function publish(
  forge: Forge,
  pull: Pull,
  review: Review,
  options: PublishOptions,
): Promise<Published> {
  const { left, report, check } = told(review, `${pull.owner}/${pull.repo}#${pull.number}`, options);
  const loud = left.patches.some((patch) => patch.findings.some(({ status }) => status === 'introduced'));
  const comment = await putSticky(forge, pull, report, loud && !options.muted);
  const wanted = options.muted ? [] : lineComments(left, await readChangedLines(forge, pull));
  await putLineComments(forge, pull, wanted);
  return { comment, noCheck: await tryCheck(forge, headOf(pull), check) };
}

/** Says that there is no review and why: never silence that looks like a good answer. */
export async function publishWithout(
  forge: Forge,
  pull: Pull,
  result: Exclude<Outcome, { outcome: 'reviewed' }>,
): Promise<Published> {
  const check = withoutReview(result);
  const comment = await putSticky(forge, pull, check.summary, false);
  await putLineComments(forge, pull, []);
  return { comment, noCheck: await tryCheck(forge, headOf(pull), check) };
}

/** Puts what came of a push beside its last commit; there is nowhere else to say it. */
export async function publishPush(
  forge: Forge,
  head: Head,
  result: Outcome,
  options: Pick<PublishOptions, 'links'>,
): Promise<Published> {
  const name = `${head.owner}/${head.repo}@${head.headSha.slice(0, 12)}`;
  const check =
    result.outcome === 'reviewed'
      ? told(result.report, name, { ...options, muted: true }).check
      : withoutReview(result);
  return { comment: 'absent', noCheck: await tryCheck(forge, head, check) };
}

function headOf(pull: Pull): Head {
  return { ...pull, proposal: `pull/${pull.number}` };
}

function withoutReview(result: Exclude<Outcome, { outcome: 'reviewed' }>): CheckOutput {
  const what = result.outcome === 'refused' ? 'cannot be reviewed' : `not analysed (${result.limit})`;
  return { conclusion: 'neutral', title: what, summary: `${what}: ${plain(result.why)}\n`, annotations: [] };
}

async function tryCheck(forge: Forge, head: Head, check: CheckOutput): Promise<string | null> {
  try {
    await putCheckRun(forge, head, check);
    return null;
  } catch (error) {
    if (!isFinal(error)) throw error;
    const status = statusOf(error);
    return status === 403 || status === 404
      ? 'only a GitHub App may make check runs'
      : `the forge refuses the check (${status})`;
  }
}
