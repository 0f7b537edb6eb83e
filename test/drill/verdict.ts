import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutboxMail } from '../../src/finding/outgoing.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { seriesName } from '../../src/reply/series-name.js';
import { openLedger } from '../../src/store/ledger.js';
import type { Recorded, Reviews } from '../../src/store/reviews.js';
import type { Archive } from './mail-server.js';
import type { Posted } from './mails.js';

/** What a drill came to, counted from what is on the disk afterwards. */
export interface Verdict {
  /** Reviews of a whole series. */
  reviewed: number;
  lost: string[];
  /** More than one review of the whole, or one that was recorded twice. */
  doubled: string[];
  /** Reviews of what had come by then: the rest came after the embargo, as the clock or the mailbox had it. */
  reviewedInPart: number;
  /** Reviewed, and not as it would have been without any trouble. */
  wrong: string[];
  mails: number;
  /** Series that should have been answered and were not, or never reached the archive. */
  unsaid: string[];
  /** Answered more than once, whether as a whole or in part, or at all though there is nothing to say. */
  saidTwice: string[];
  /** Sent again although the server had answered, or with other bytes. */
  badRepeats: string[];
  repeats: number;
}

/** What there is of one series that was posted. */
interface Fate {
  posted: Posted;
  whole: Recorded[];
  inPart: Recorded[];
  mails: OutboxMail[];
}

function recordedTwice(log: string): Set<string> {
  const seen = new Map<string, number>();
  for (const [, id] of readFileSync(log, 'utf8').matchAll(/"review":"([^"]+)"[^\n]*"msg":"recorded"/g))
    seen.set(id!, (seen.get(id!) ?? 0) + 1);
  return new Set([...seen].filter(([, times]) => times > 1).map(([id]) => id));
}

/** By the mails that a review is of, and not by what it calls itself: a part has another first mail than the whole. */
function fateOf(posted: Posted, reviews: Reviews, mails: OutboxMail[]): Fate {
  const ids = new Set(posted.ids.flatMap((id) => reviews.withMail(id)));
  const all = [...ids].map((id) => reviews.get(id)!).filter(({ state }) => state === 'done');
  const isPart = ({ result }: Recorded) =>
    result?.outcome === 'reviewed' && result.report.series.status === 'incomplete';
  const names = new Set([...ids].map((id) => seriesName(reviews.get(id)!)));
  return {
    posted,
    whole: all.filter((each) => !isPart(each)),
    inPart: all.filter(isPart),
    mails: mails.filter(({ series, state }) => names.has(series) && state !== 'dropped'),
  };
}

/** Reads the state of a daemon as it was left. */
function fatesIn(state: string, posted: Posted[]): { fates: Fate[]; mails: OutboxMail[] } {
  const ledger = openLedger(join(state, 'mail.db'));
  const letters = openCorrespondence(join(state, 'outbox.db'));
  try {
    const mails = letters.outbox.list();
    return { fates: posted.map((each) => fateOf(each, ledger.reviews, mails)), mails };
  } finally {
    ledger.close();
    letters.close();
  }
}

/** Holds the state of a daemon, and what a mail server got, against what was posted. */
export function judge(state: string, log: string, posted: Posted[], archive: Archive): Verdict {
  const { fates, mails } = fatesIn(state, posted);
  const twice = recordedTwice(log);
  const count = (of: (fate: Fate) => number) => fates.reduce((sum, fate) => sum + of(fate), 0);
  const those = (which: (fate: Fate) => boolean) => fates.filter(which).map((fate) => fate.posted.id);
  const arrived = (mail: OutboxMail) => mail.state === 'sent' && archive.copies.has(mail.id);
  return {
    reviewed: count(({ whole }) => whole.length),
    reviewedInPart: count(({ inPart }) => inPart.length),
    lost: those(({ whole }) => whole.length === 0),
    doubled: those(
      ({ whole, inPart }) => whole.length > 1 || [...whole, ...inPart].some(({ id }) => twice.has(id)),
    ),
    wrong: those(({ whole }) => whole.some(({ result }) => result?.outcome !== 'reviewed')),
    mails: mails.length,
    unsaid: those((fate) => fate.posted.opens && !fate.mails.some(arrived)),
    saidTwice: those((fate) => fate.mails.length > (fate.posted.opens ? 1 : 0)),
    badRepeats: [...archive.copies].flatMap(([id, { times, texts }]) => {
      const counted = mails.find((mail) => mail.id === id)?.repeats ?? -1;
      return times - 1 > counted || texts.size > 1 ? [id] : [];
    }),
    repeats: mails.reduce((sum, mail) => sum + mail.repeats, 0),
  };
}

/** Whether anything was lost, doubled, or is not as it should be. */
export function isGood(verdict: Verdict): boolean {
  return Object.values(verdict).every((value) => !Array.isArray(value) || value.length === 0);
}

/** What there is of each series that did not fare well, a line each. */
export function explain(state: string, posted: Posted[], verdict: Verdict): string[] {
  const bad = new Set(Object.values(verdict).flatMap((value) => (Array.isArray(value) ? value : [])));
  const { fates } = fatesIn(
    state,
    posted.filter(({ id }) => bad.has(id)),
  );
  const told = ({ id, messageId, result }: Recorded) =>
    `${id} of ${messageId} (${result?.outcome === 'reviewed' ? result.report.series.status : result?.outcome})`;
  return fates.map(({ posted: { id }, whole, inPart, mails }) => {
    const reviews = [...whole, ...inPart].map(told).join(', ');
    const said = mails.map((mail) => `${mail.id} (${mail.state})`).join(', ');
    return `${id}: reviews ${reviews || 'none'}; mails ${said || 'none'}`;
  });
}
