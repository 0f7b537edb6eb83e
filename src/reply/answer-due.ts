import type { Config } from '../config/config.js';
import type { Review } from '../finding/review.js';
import type { History, Said } from '../report/context.js';
import { isDatabaseFailure } from '../store/database.js';
import type { Ledger } from '../store/ledger.js';
import type { ProposalName } from '../store/proposals.js';
import type { Planned, Recorded, Reviews } from '../store/reviews.js';
import { answer, type Reviewed } from './answer.js';
import type { Correspondence } from './correspondence.js';
import { readMails } from './read-mails.js';

const mostLinks = 3;

/** What mails about a series are filed under: the same for all that is said of one version of it. */
export function seriesName({ messageId, version }: Pick<Planned, 'messageId' | 'version'>): string {
  return `${messageId} v${version}`;
}

/** What mails about reviews of the same series are filed under that were made while the rest was missing. */
export function namesInPart({ id }: Planned, reviews: Reviews): string[] {
  return reviews
    .overlaps(id)
    .flatMap((other) => reviews.get(other.id) ?? [])
    .map(seriesName);
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

async function answerOne(
  series: Recorded,
  report: Review,
  mails: Buffer[],
  reviews: Reviews,
  elsewhere: string[],
  correspondence: Correspondence,
  config: Config,
  nowMs: number,
  onTrouble: (line: string) => void,
): Promise<string> {
  const reviewed: Reviewed = {
    ...(await readMails(mails, onTrouble)),
    review: report,
    lists: series.lists,
    series: seriesName(series),
    inPart: namesInPart(series, reviews),
    history: historyOf(reviews.olderThan(series.id), reviews, correspondence),
    elsewhere,
    completedAt: Math.min(series.arrivedMs, nowMs),
  };
  const said = answer(reviewed, config, correspondence, nowMs);
  return 'id' in said ? `${said.kind}: ${said.id}` : `${said.kind}: ${said.why}`;
}

/**
 * Makes of each result that nobody has looked at a mail in the outbox, or silence. When the process ends between
 * the outbox and the note that it was done, the same mail is made again, and the outbox knows it by its key. What
 * nobody foresaw about one result is told, and keeps no other waiting.
 */
export async function answerDue(
  ledger: Pick<Ledger, 'reviews' | 'samePatch'>,
  correspondence: Correspondence,
  config: Config,
  nowMs: number,
  onAnswer: (review: string, answer: string) => void,
  onTrouble: (line: string) => void,
): Promise<void> {
  for (const id of ledger.reviews.unanswered(20)) {
    const tell = (line: string) => onTrouble(`${id}: ${line}`);
    const said = await sayOf(id, ledger, correspondence, config, nowMs, tell).catch((error: Error) => {
      if (isDatabaseFailure(error)) throw error;
      const why = `no mail can be made of it: ${error.message.split('\n')[0]!.slice(0, 200)}`;
      tell(why);
      return `silent: ${why}`;
    });
    ledger.reviews.answered(id, said);
    onAnswer(id, said);
  }
}

async function sayOf(
  id: string,
  { reviews, samePatch }: Pick<Ledger, 'reviews' | 'samePatch'>,
  correspondence: Correspondence,
  config: Config,
  nowMs: number,
  onTrouble: (line: string) => void,
): Promise<string> {
  const series = reviews.get(id)!;
  const mails = reviews.mailsOf(id);
  if (mails === undefined) return 'silent: its archive withdrew a mail of it';
  if (reviews.overlaps(id).some(({ is }) => is === 'whole')) return 'silent: more of the series came since';
  if (series.result?.outcome !== 'reviewed') return 'silent: there is no result to tell';
  const elsewhere = pagesOf(samePatch.proposalsLike(id, mostLinks), config);
  const { report } = series.result;
  return answerOne(series, report, mails, reviews, elsewhere, correspondence, config, nowMs, onTrouble);
}
