import { createHash } from 'node:crypto';
import type { Message } from '../mail/message.js';
import { parseMail } from '../mail/parse-mail.js';
import { listsOf } from '../policy/lists.js';
import { gatherAll, gatherSeries } from '../series/gather.js';
import { readSubject } from '../series/read-subject.js';
import type { Series, SeriesStatus } from '../series/series.js';
import type { Posting, Postings } from '../store/postings.js';
import type { Planned } from '../store/reviews.js';
import { digestOf } from '../store/store.js';

/** What is to become of a posting. */
export type Plan =
  /** There is nothing in it to review. */
  | { kind: 'nothing' }
  | {
      kind: 'review';
      series: Planned;
      /** The mails of the series, its cover first. */
      digests: Buffer[];
      /** Nothing of it is missing, not even the cover that its patches answer. */
      whole: boolean;
      /** A newer version is there already. */
      superseded: boolean;
      /** Ids of the reviews of older versions, which nobody needs now. */
      older: string[];
    };

/** Mails that cannot be parsed are no patches; the store has said so already. */
async function readAll(mails: Buffer[]): Promise<Message[]> {
  const messages: Message[] = [];
  for (const mail of mails) {
    const message = await parseMail(mail).catch(() => undefined);
    if (message !== undefined) messages.push(message);
  }
  return messages;
}

/**
 * Names a series by what it does: the same patches under the same ids are the same review, in whatever order
 * and over however many lists they came, and whether their cover came or not. A patch that comes late, or comes
 * whole at last, makes another one.
 */
function idOf(series: Series, postings: Postings): string {
  const hash = createHash('sha256').update(`${series.patches[0]?.id}\0${series.version}\0`);
  for (const { id = '' } of series.patches) hash.update(`${id}\0${postings.essenceOf(id) ?? ''}\0`);
  return `review-${hash.digest('hex').slice(0, 32)}`;
}

/**
 * Whether the first of several patches answers a mail that never came: most likely a cover, which lists bring
 * seconds or hours later than the patches, and which names a list or a recipient that they do not.
 */
function lacksCover({ cover, patches: [first, ...others] }: Series, postings: Postings): boolean {
  if (cover !== undefined || first === undefined || others.length === 0) return false;
  const above = first.inReplyTo[0] ?? first.references.at(-1);
  return above !== undefined && !postings.knows(above);
}

/** Whom a mail is addressed to, as far as it can be told from its headers. */
export function recipients(mail: Message): string[] {
  const values = ['to', 'cc'].flatMap((name) => mail.headers.get(name) ?? []);
  const words = values.flatMap((value) => value.split(/[\s<>",;:()]+/));
  return words.flatMap((word) => /^[^@]+@[A-Za-z0-9.-]+/.exec(word)?.[0] ?? []);
}

function plannedOf(series: Series, mails: Message[], posting: Posting, postings: Postings): Planned {
  return {
    id: idOf(series, postings),
    messageId: series.messageId ?? '',
    version: series.version,
    subject: series.subject,
    sender: series.from,
    lists: [],
    words: readSubject(mails[0]!.subject).words,
    arrivedMs: posting.arrivedMs,
  };
}

const reviewable: readonly SeriesStatus[] = ['complete', 'incomplete', 'partial-reroll'];

/** Finds the series that a posting belongs to, among its mails and those that its sender posted. */
export async function planPosting(
  posting: Posting,
  postings: Postings,
  knownLists: ReadonlySet<string>,
): Promise<Plan> {
  const messages = await readAll(postings.pool(posting.series));
  const wanted = postings.idsOf(posting.series)[0];
  if (wanted === undefined) return { kind: 'nothing' };
  if (messages.length === 0) throw new Error('none of its mails can be read any more');
  const series = gatherSeries(messages, wanted);
  const mails = series.cover === undefined ? series.patches : [series.cover, ...series.patches];
  if (!reviewable.includes(series.status) || series.patches.length === 0) return { kind: 'nothing' };
  const planned = plannedOf(series, mails, posting, postings);
  const others = gatherAll(messages).filter(({ supersededBy }) => supersededBy !== undefined);
  return {
    kind: 'review',
    series: { ...planned, lists: listsOf(series.lists, mails.flatMap(recipients), knownLists) },
    digests: mails.map(({ raw }) => digestOf(raw)),
    whole: series.status !== 'incomplete' && !lacksCover(series, postings),
    superseded: series.supersededBy !== undefined,
    older: others.map((each) => idOf(each, postings)).filter((id) => id !== planned.id),
  };
}
