import { applySeries } from './change/apply-series.js';
import type { Change } from './change/change.js';
import { describeBase } from './change/describe.js';
import { whyNotKernel } from './change/not-kernel.js';
import { openTrees } from './change/open-all.js';
import { orderTrees } from './change/order-trees.js';
import { type Patch, whyUnusable } from './change/patch.js';
import { readSeries } from './change/read-series.js';
import type { Tree } from './change/tree.js';
import { withoutRedefined } from './code/gap/redefined.js';
import { graft } from './code/graft/graft.js';
import { hunksAbout } from './code/hunks-about.js';
import { readChange } from './code/read-change.js';
import { toolVersions } from './config/version.js';
import type { Problem } from './finding/problem.js';
import type { ReviewOptions } from './finding/request.js';
import type { PatchReview, Review } from './finding/review.js';
import { settle } from './finding/settle.js';
import { unite } from './finding/unite.js';
import { readMessages } from './mail/read.js';
import { reviewPaths } from './path/review-paths.js';
import { chosen } from './race/choose.js';
import type { Race } from './race/race.js';
import { readCatalogue } from './race/read.js';
import { reviewChange } from './race/review-change.js';
import { type Examined, undecided, whyUndecided } from './race/undecided.js';
import { describeSeries, whyEmpty } from './series/describe.js';
import { gatherSeries } from './series/gather.js';
import type { Series } from './series/series.js';

/**
 * The flow: a message becomes a series, its patches become changes, what they touch is replayed before and
 * after, and what differs is found. Never rejects for what the input says; a problem is one clear line.
 */
export async function review(input: Buffer, options: ReviewOptions): Promise<Review | Problem> {
  const races = chosen(readCatalogue(), options);
  if (!Array.isArray(races)) return races;
  const read = await readMessages(input);
  if ('problem' in read) return { problem: read.problem, exit: 3 };
  const series = gatherSeries(read.messages, options.wanted);
  const patches = readSeries(series);
  const elsewhere = whyNotKernel(series, patches);
  const unusable = whyEmpty(series) ?? (elsewhere === undefined ? whyUnusable(patches) : undefined);
  if (unusable !== undefined) return { problem: unusable, exit: 3 };
  if (elsewhere !== undefined) return setAside(series, patches, elsewhere);
  const trees = await openTrees(options.trees, options.onProgress);
  if (!Array.isArray(trees)) return trees;
  try {
    const changes = await applySeries(patches, orderTrees(trees, series), graft);
    const refused = changes.find((change) => change.status === 'not-applied');
    if (refused !== undefined) return { problem: whyRefused(refused, series), exit: 3 };
    const reviews = [];
    for (const change of changes) reviews.push(await reviewPatch(change, series, races, options));
    const told = describeSeries(
      series,
      changes.flatMap((change) => change.patch.repairs),
    );
    return { version: 1, tool: toolVersions(), series: told, patches: settle(reviews) };
  } finally {
    await Promise.all(trees.map((tree: Tree) => tree.close()));
  }
}

/** A gap before a patch is the likeliest reason why it does not apply. */
function whyRefused(
  { patch, why = 'the patch does not apply' }: Change,
  { missing, patches }: Series,
): string {
  const which = patches.length > 1 ? `${patch.message.subject}: ` : '';
  return missing.length > 0 ? `${which}${why} (${missing[0]})` : `${which}${why}`;
}

/** What is said of a series that is not for the kernel. */
function setAside(series: Series, patches: Patch[], why: string): Review {
  const base = { method: 'none', commit: null, tree: null, baseline: false, tries: [] };
  const reviews = patches.map(({ message: { subject, id }, repairs }) => {
    const notAnalysed = [{ what: subject, why }];
    return {
      subject,
      messageId: id ?? null,
      repairs,
      base,
      touched: [],
      findings: [],
      replays: [],
      paths: [],
      notAnalysed,
    };
  });
  return { version: 1, tool: toolVersions(), series: describeSeries(series, [], why), patches: reviews };
}

async function reviewPatch(
  change: Change,
  series: Series,
  races: Race[],
  options: ReviewOptions,
): Promise<PatchReview> {
  const { subject, id } = change.patch.message;
  const told = {
    subject,
    messageId: id ?? null,
    repairs: change.patch.repairs,
    base: describeBase(change.base),
  };
  const examined = await examine(change, races, options);
  const why = await whyUndecided(change, series, examined, (other) => examine(other, races, options));
  return { ...told, ...(why === undefined ? examined : undecided(told.base, change, why)) };
}

async function examine(whole: Change, races: Race[], options: ReviewOptions): Promise<Examined> {
  const { change, notAnalysed } = withoutRedefined(whole);
  const read = await readChange(change, options.config);
  const { isRun, ...reviewed } = await reviewChange(read, races, options);
  const walked = await reviewPaths(change, options);
  const findings = unite(reviewed.findings, walked.findings, isRun);
  return {
    ...reviewed,
    findings: findings.map((finding) => ({ ...finding, hunks: hunksAbout(change, finding) })),
    paths: walked.paths,
    notAnalysed: [...notAnalysed, ...read.notAnalysed, ...reviewed.notAnalysed, ...walked.notAnalysed],
  };
}
