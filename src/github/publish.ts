import type { Review } from '../finding/review.js';
import { defaultContext } from '../report/context.js';
import { markdownReport } from '../report/markdown.js';
import { putCheckRun } from './check-run.js';
import { type Forge, statusOf } from './forge.js';
import { lineComments, putLineComments, readChangedLines } from './line-comments.js';
import type { Pull } from './pull.js';
import { putSticky, type StickyOutcome } from './sticky.js';

export interface Published {
  comment: StickyOutcome;
  /** Why there is no check run; null when there is one. A plain token may not make them. */
  noCheck: string | null;
}

/** Says at the bottom where the same work is discussed on a list. */
function withLinks(report: string, links: readonly string[]): string {
  if (links.length === 0) return report;
  return `${report}\nThe same patch on a mailing list: ${links.map((link) => `<${link}>`).join(', ')}\n`;
}

/**
 * Puts a review into a pull request: one comment, made or changed; comments beside changed lines; a check. Doing it
 * twice changes nothing. A quiet review makes no first comment: the check says that it was done.
 */
export async function publish(
  forge: Forge,
  pull: Pull,
  review: Review,
  options: { muted: boolean; links: readonly string[] },
): Promise<Published> {
  const context = { ...defaultContext, patchName: `${pull.owner}/${pull.repo}#${pull.number}` };
  const report = withLinks(markdownReport(review, context).output, options.links);
  const loud = review.patches.some((patch) => patch.findings.some(({ status }) => status === 'introduced'));
  const comment = await putSticky(forge, pull, report, loud && !options.muted);
  const wanted = options.muted ? [] : lineComments(review, await readChangedLines(forge, pull));
  await putLineComments(forge, pull, wanted);
  try {
    await putCheckRun(forge, pull, review, report);
    return { comment, noCheck: null };
  } catch (error) {
    if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    return { comment, noCheck: 'only a GitHub App may make check runs' };
  }
}
