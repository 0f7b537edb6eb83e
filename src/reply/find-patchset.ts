import type { Config } from '../config/config.js';
import { isOpen } from '../policy/is-open.js';
import { type Patchset, patchsetOf, patchsetWithout } from '../report/patchset.js';
import type { Ledger } from '../store/ledger.js';
import type { Recorded } from '../store/reviews.js';
import { readMails } from './read-mails.js';

/** What everybody may read of the series that a mail belongs to; undefined when that is nothing. */
export async function findPatchset(
  { reviews, shelf }: Pick<Ledger, 'reviews' | 'shelf'>,
  messageId: string,
  config: Config,
  nowMs: number,
  onTrouble: (line: string) => void,
): Promise<Patchset | undefined> {
  const isShown = (each: string) => {
    const entry = shelf.one(each);
    return entry !== undefined && isOpen(entry, config, nowMs);
  };
  const id = reviews.withMail(messageId).find(isShown);
  const series = id === undefined ? undefined : reviews.get(id);
  if (series === undefined) return undefined;
  const { state, result } = series;
  if (state === 'due') return withoutReview(series, 'Pending');
  if (state === 'queued') return withoutReview(series, 'In Review');
  if (result === undefined) return undefined;
  if (result.outcome === 'refused') return withoutReview(series, 'Failed To Apply');
  if (result.outcome !== 'reviewed') return withoutReview(series, 'Failed');
  const { messages } = await readMails(reviews.mailsOf(series.id) ?? [], onTrouble);
  return patchsetOf(series.id, series.messageId, result.report, messages);
}

function withoutReview({ id, messageId }: Recorded, status: Parameters<typeof patchsetWithout>[2]): Patchset {
  return patchsetWithout(id, messageId, status);
}
