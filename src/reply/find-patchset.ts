import { type Patchset, patchsetOf, patchsetWithout } from '../report/patchset.js';
import type { Recorded, Reviews } from '../store/reviews.js';
import { readMails } from './read-mails.js';

/** What is known of the series that a mail belongs to; undefined when nothing is. */
export async function findPatchset(reviews: Reviews, messageId: string): Promise<Patchset | undefined> {
  const id = reviews.withMail(messageId);
  const series = id === undefined ? undefined : reviews.get(id);
  if (series === undefined) return undefined;
  const { state, result } = series;
  if (state === 'due') return withoutReview(series, 'Pending');
  if (state === 'queued') return withoutReview(series, 'In Review');
  if (result === undefined) return undefined;
  if (result.outcome === 'refused') return withoutReview(series, 'Failed To Apply');
  if (result.outcome !== 'reviewed') return withoutReview(series, 'Failed');
  const { messages } = await readMails(reviews.mailsOf(series.id) ?? []);
  return patchsetOf(series.id, series.messageId, result.report, messages);
}

function withoutReview({ id, messageId }: Recorded, status: Parameters<typeof patchsetWithout>[2]): Patchset {
  return patchsetWithout(id, messageId, status);
}
