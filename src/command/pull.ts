import type { Problem } from '../finding/problem.js';
import type { ReviewOptions } from '../finding/request.js';
import { openForge, statusOf } from '../github/forge.js';
import { parsePullName } from '../github/pull.js';
import { type PullReview, reviewPull } from '../github/review-pull.js';
import { review } from '../review.js';
import type { AskedPull } from './analysis.js';

/** Wires a pull request to the review. What the forge refuses is a problem that says what to do. */
export async function reviewNamedPull(
  { pull, token, publish, api }: AskedPull,
  options: ReviewOptions,
): Promise<PullReview | Problem> {
  const name = parsePullName(pull);
  if (name === undefined)
    return { problem: 'name the pull request: OWNER/REPO#NUMBER, or its address', exit: 2 };
  const forge = await openForge({ token }, api === undefined ? {} : { baseUrl: api });
  try {
    const how = { publish, muted: false, links: [] };
    return await reviewPull(forge, name, (mbox) => review(mbox, options), how);
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    if (status === 401) return { problem: 'GitHub does not accept the token', exit: 4 };
    if (status === 404) return { problem: `${pull} is not there, or the token may not see it`, exit: 3 };
    return { problem: `GitHub answered ${status}`, exit: 4 };
  }
}
