import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { openLedger } from '../../src/store/ledger.js';
import type { Archive } from './mail-server.js';
import type { Posted } from './mails.js';

/** What a drill came to, counted from what is on the disk afterwards. */
export interface Verdict {
  reviewed: number;
  lost: string[];
  /** More than one review of the whole, or one that was recorded twice. */
  doubled: string[];
  /** Reviews of what had come by then: the rest came after the embargo, as the clock or the mailbox had it. */
  reviewedInPart: number;
  /** Reviewed, and not as it would have been without any trouble. */
  wrong: string[];
  mails: number;
  /** Series that should have been answered and were not, or twice, or never reached the archive. */
  unsaid: string[];
  saidTwice: string[];
  /** Sent again although the server had answered, or with other bytes. */
  badRepeats: string[];
  repeats: number;
}

function recordedTwice(log: string): Set<string> {
  const seen = new Map<string, number>();
  for (const [, id] of readFileSync(log, 'utf8').matchAll(/"review":"([^"]+)"[^\n]*"msg":"recorded"/g))
    seen.set(id!, (seen.get(id!) ?? 0) + 1);
  return new Set([...seen].filter(([, times]) => times > 1).map(([id]) => id));
}

/** Holds the state of a daemon, and what a mail server got, against what was posted. */
export function judge(state: string, log: string, posted: Posted[], archive: Archive): Verdict {
  const ledger = openLedger(join(state, 'mail.db'));
  const letters = openCorrespondence(join(state, 'outbox.db'));
  const done = ledger.reviews.inState('done', 100_000);
  const mails = letters.outbox.list();
  const twice = recordedTwice(log);
  const inPart = (id: string) => {
    const result = ledger.reviews.get(id)?.result;
    return result?.outcome === 'reviewed' && result.report.series.status === 'incomplete';
  };
  const early = new Set(done.filter((review) => inPart(review.id)).map((review) => review.id));
  const of = (id: string) => done.filter((review) => review.messageId === id && !early.has(review.id));
  const right = (id: string) =>
    of(id).every((review) => ledger.reviews.get(review.id)?.result?.outcome === 'reviewed');
  const about = (id: string) => mails.filter((mail) => mail.series === `${id} v1`);
  const answered = posted.filter(({ opens }) => opens).map(({ id }) => id);
  const verdict: Verdict = {
    reviewed: done.length - early.size,
    reviewedInPart: early.size,
    lost: posted.filter(({ id }) => of(id).length === 0).map(({ id }) => id),
    doubled: posted
      .filter(({ id }) => of(id).length > 1 || of(id).some((one) => twice.has(one.id)))
      .map(({ id }) => id),
    wrong: posted.filter(({ id }) => !right(id)).map(({ id }) => id),
    mails: mails.length,
    unsaid: answered.filter(
      (id) => !about(id).some((mail) => mail.state === 'sent' && archive.copies.has(mail.id)),
    ),
    saidTwice: posted.filter(({ id, opens }) => about(id).length > (opens ? 1 : 0)).map(({ id }) => id),
    badRepeats: [...archive.copies].flatMap(([id, { times, texts }]) => {
      const counted = mails.find((mail) => mail.id === id)?.repeats ?? -1;
      return times - 1 > counted || texts.size > 1 ? [id] : [];
    }),
    repeats: mails.reduce((sum, mail) => sum + mail.repeats, 0),
  };
  ledger.close();
  letters.close();
  return verdict;
}

/** Whether anything was lost, doubled, or is not as it should be. */
export function isGood(verdict: Verdict): boolean {
  return Object.values(verdict).every((value) => !Array.isArray(value) || value.length === 0);
}
