import { isProblem, type Problem } from '../finding/problem.js';
import type { Review } from '../finding/review.js';
import type { Forge } from './forge.js';
import { type Published, publish } from './publish.js';
import { type PullName, readPull, readSeries } from './pull.js';

export interface PullReview {
  review: Review;
  /** null when nothing was to be published, or the pull request moved on meanwhile. */
  published: Published | null;
}

export interface PullOptions {
  publish: boolean;
  muted: boolean;
  links: readonly string[];
}

/** Reviews a pull request as it stands, and says in it what was found if that is asked for. */
export async function reviewPull(
  forge: Forge,
  name: PullName,
  review: (mbox: Buffer) => Promise<Review | Problem>,
  options: PullOptions,
): Promise<PullReview | Problem> {
  const before = await readPull(forge, name);
  const answer = await review(await readSeries(forge, name));
  if (isProblem(answer)) return answer;
  if (!options.publish) return { review: answer, published: null };
  // A review takes a while: of a commit that is not the head any more nobody wants to read.
  const now = await readPull(forge, name);
  if (now.headSha !== before.headSha || !now.open) return { review: answer, published: null };
  return { review: answer, published: await publish(forge, now, answer, options) };
}
