import type { Config } from '../config/config.js';
import type { Review } from '../finding/review.js';
import type { History, Said } from '../report/context.js';
import { isDatabaseFailure } from '../store/database.js';
import type { Ledger } from '../store/ledger.js';
import type { ProposalName } from '../store/proposals.js';
import type { Recorded, Reviews } from '../store/reviews.js';
import { answer, type Reviewed } from './answer.js';
import type { Correspondence } from './correspondence.js';
import { readMails } from './read-mails.js';
import { namesInPart, seriesName } from './series-name.js';

const mostLinks = 3;

/** What answering needs of the daemon. */
export interface AnswerParts {
  ledger: Pick<Ledger, 'reviews' | 'samePatch'>;
  letters: Correspondence;
  config: Config;
  nowMs: number;
  /** Told of each result what became of it: `held: MESSAGE-ID`, `silent: why`. */
  onAnswer: (review: string, answer: string) => void;
  onTrouble: (line: string) => void;
}

/** What people were told of the earlier versions: mails that went out, or may have. */
function historyOf(older: Recorded[], reviews: Reviews, { outbox, objections }: Correspondence): History {
  const told = new Map<string, Said>();
  for (const review of older.sort((a, b) => a.version - b.version)) {
    const sent = [...new Set([seriesName(review), ...namesInPart(review, reviews)])]
      .flatMap((name) => outbox.about(name))
      .filter(({ state }) => state === 'sent' || state === 'sending');
    for (const mail of sent)
      for (const id of mail.findings)
        told.set(id, { version: review.version, messageId: mail.id, race: raceOf(review, id) });
  }
  return { told, disputed: objections.disputed(), left: new Set(objections.optedOut()) };
}

function raceOf({ result }: Recorded, id: string): string | null {
  const patches = result?.outcome === 'reviewed' ? result.report.patches : [];
  return patches.flatMap(({ findings }) => findings).find((finding) => finding.id === id)?.race ?? null;
}

/** Where people read the pull requests among some proposals. */
function pagesOf(proposals: ProposalName[], { github }: Config): string[] {
  const pulls = proposals.filter(({ name }) => name.startsWith('pull/'));
  return github === undefined ? [] : pulls.map(({ repo, name }) => `${github.web}/${repo}/${name}`);
}

/**
 * Makes of each result that nobody has looked at a mail in the outbox, or silence. When the process ends between
 * the outbox and the note that it was done, the same mail is made again, and the outbox knows it by its key. What
 * nobody foresaw about one result is told, and keeps no other waiting.
 */
export async function answerDue(parts: AnswerParts): Promise<void> {
  const { reviews } = parts.ledger;
  for (const id of reviews.unanswered(20)) {
    const onTrouble = (line: string) => parts.onTrouble(`${id}: ${line}`);
    const said = await answerOne(id, { ...parts, onTrouble }).catch((error: Error) => {
      if (isDatabaseFailure(error)) throw error;
      const why = `no mail can be made of it: ${error.message.split('\n')[0]!.slice(0, 200)}`;
      onTrouble(why);
      return `silent: ${why}`;
    });
    reviews.answered(id, said);
    parts.onAnswer(id, said);
  }
}

/** What became of one result, in a line. */
async function answerOne(id: string, parts: AnswerParts): Promise<string> {
  const { reviews } = parts.ledger;
  const series = reviews.get(id)!;
  const mails = reviews.mailsOf(id);
  if (mails === undefined) return 'silent: its archive withdrew a mail of it';
  if (reviews.overlaps(id).some(({ is }) => is === 'whole')) return 'silent: more of the series came since';
  if (series.result?.outcome !== 'reviewed') return 'silent: there is no result to tell';
  const reviewed = await reviewedOf(series, series.result.report, mails, parts);
  const said = answer(reviewed, parts.config, parts.letters, parts.nowMs);
  return 'id' in said ? `${said.kind}: ${said.id}` : `${said.kind}: ${said.why}`;
}

async function reviewedOf(
  series: Recorded,
  review: Review,
  mails: Buffer[],
  { ledger, letters, config, nowMs, onTrouble }: AnswerParts,
): Promise<Reviewed> {
  const { reviews, samePatch } = ledger;
  return {
    ...(await readMails(mails, onTrouble)),
    review,
    lists: series.lists,
    series: seriesName(series),
    inPart: namesInPart(series, reviews),
    history: historyOf(reviews.olderThan(series.id), reviews, letters),
    elsewhere: pagesOf(samePatch.proposalsLike(series.id, mostLinks), config),
    completedAt: Math.min(series.arrivedMs, nowMs),
  };
}
