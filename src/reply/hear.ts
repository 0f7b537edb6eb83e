import type { Config } from '../config/config.js';
import type { Review } from '../finding/review.js';
import { defaultContext } from '../report/context.js';
import { textReport } from '../report/text.js';
import { isDatabaseFailure } from '../store/database.js';
import type { Hearing } from '../store/hearing.js';
import type { Reviews } from '../store/reviews.js';
import { classify, type Incoming, type Received } from './classify.js';
import type { Correspondence } from './correspondence.js';
import { dkimOf, type Resolver } from './dkim.js';
import { maintainersOf } from './maintainers-of.js';
import { type Answered, note } from './note.js';
import { obey } from './obey.js';
import { readMail } from './read-mails.js';
import { readSeriesName } from './series-name.js';

/** Mails that are listened to in one turn; the rest waits for the next. */
const mostMails = 20;
/** Of a report of a mail system so many bytes are searched, and so many names looked up. */
const mostReport = 1_000_000;
const mostNamed = 20;
/** The columns of a mail that is there to be read, not quoted. */
const columns = 78;

export interface Ears {
  hearing: Hearing;
  reviews: Reviews;
  correspondence: Correspondence;
  config: Config;
  now: number;
  resolver?: Resolver;
  /** Told what came, by its Message-ID. */
  onHeard: (messageId: string, what: string) => void;
  /** Told in a line what could not be listened to. */
  onTrouble: (line: string) => void;
}

/**
 * Listens to what people and mail systems answer: commands are done, what a person has to look at is kept. Cut off
 * anywhere, the same mail is listened to again, which changes nothing that it changed already.
 */
export async function hear(ears: Ears): Promise<void> {
  for (const { place, raw } of ears.hearing.next('fl.', mostMails)) {
    const onTrouble = (line: string) => ears.onTrouble(`mail ${place}: ${line}`);
    await listen(raw, { ...ears, onTrouble }).catch((error: Error) => {
      if (isDatabaseFailure(error)) throw error;
      // What nobody foresaw about one mail must not keep those behind it from being heard.
      onTrouble(`not listened to: ${error.message.split('\n')[0]!.slice(0, 200)}`);
    });
    ears.hearing.heard(place);
  }
}

async function listen(raw: Buffer, ears: Ears): Promise<void> {
  const mail = await receivedFrom(raw, ears.onTrouble);
  if (mail === undefined) return;
  const { correspondence, config, now, onHeard } = ears;
  const incoming = classify(mail, [config.identity.address]);
  if (incoming.kind === 'notice') takeNotice(raw, mail, incoming, ears);
  if (incoming.kind !== 'command') return;
  const dkim = await dkimOf(raw, mail.author ?? '', ears.resolver);
  const about = mail.answers.map((id) => correspondence.outbox.find(id)).find((each) => each !== undefined);
  const maintainers = about === undefined ? [] : maintainersOf(about.series, ears.reviews, config);
  const standing = { dkim, maintainers, moderators: config.mail.moderators };
  const obeyed = obey(mail, incoming, standing, correspondence, now);
  for (const series of obeyed.recheck) again(series, ears.reviews);
  for (const series of obeyed.explain) explain(series, mail, ears);
  if (obeyed.complaints.length > 0) say(`complaint:${mail.messageId}`, obeyed.complaints, mail, ears);
  onHeard(
    mail.messageId,
    `${incoming.asked.commands.map(({ name }) => name).join(', ')} (dkim ${dkim}, ${obeyed.complaints.length} refused)`,
  );
}

/**
 * Keeps what a person has to look at. Of the mails that did not arrive those count that we sent: anybody can forge a
 * report, archives hold the reports of other people's mail, and spam in our name comes back to us.
 */
function takeNotice(
  raw: Buffer,
  mail: Received,
  { notice, why, about }: Extract<Incoming, { kind: 'notice' }>,
  { correspondence, config, now, onHeard }: Ears,
): void {
  const own = notice === 'bounce' ? sentMailIn(raw, correspondence) : undefined;
  const isStray = notice === 'bounce' && own === undefined;
  if (isStray && !mail.addressees.includes(config.identity.address)) return;
  const named = own ?? about;
  correspondence.objections.notice({
    messageId: mail.messageId,
    kind: isStray ? 'stray bounce' : notice,
    subject: mail.subject,
    why: named === undefined ? why : `${why} (${named})`,
    at: now,
  });
  onHeard(mail.messageId, notice);
}

/** Where a report holds the mail that it is about, or its headers, is different everywhere. */
function sentMailIn(raw: Buffer, { outbox }: Correspondence): string | undefined {
  const text = raw.subarray(0, mostReport).toString('latin1');
  const named = new Set(Array.from(text.matchAll(/\bfl\.[\w.-]{1,80}@[\w.-]{1,150}/g), ([id]) => id));
  const isSent = (id: string) => ['sent', 'sending', 'failed'].includes(outbox.find(id)?.state ?? '');
  return [...named].slice(0, mostNamed).find(isSent);
}

async function receivedFrom(
  raw: Buffer,
  onTrouble: (line: string) => void,
): Promise<(Received & { references: string[] }) | undefined> {
  const read = await readMail(raw, onTrouble);
  if (read === undefined) return undefined;
  const { message, told } = read;
  return {
    headers: message.headers,
    author: told.from[0]?.address.toLowerCase(),
    neverAnswer: message.neverAnswer,
    messageId: message.id,
    subject: message.subject,
    body: message.body,
    addressees: [...told.to, ...told.cc].map(({ address }) => address.toLowerCase()),
    answers: [...new Set([...message.inReplyTo, ...[...message.references].reverse()])],
    references: message.references,
  };
}

function reviewOf(name: string, reviews: Reviews): string | undefined {
  const series = readSeriesName(name);
  return series && reviews.named(series.messageId, series.version);
}

function again(series: string, reviews: Reviews): void {
  const id = reviewOf(series, reviews);
  if (id !== undefined) reviews.again(id);
}

function explain(series: string, mail: Received & { references: string[] }, ears: Ears): void {
  const id = reviewOf(series, ears.reviews);
  const result = id === undefined ? undefined : ears.reviews.get(id)?.result;
  if (result?.outcome !== 'reviewed') return;
  say(`explain:${mail.messageId}`, everything(result.report), mail, ears);
}

function everything(review: Review): string[] {
  return textReport(review, { ...defaultContext, columns, explain: true })
    .output.trimEnd()
    .split('\n');
}

/** To who asked and to nobody else; it waits like any other mail while nothing is to leave. */
function say(key: string, lines: string[], mail: Received & { references: string[] }, ears: Ears): void {
  const { config, correspondence, now } = ears;
  const answered: Answered = {
    messageId: mail.messageId,
    references: mail.references,
    subject: mail.subject,
    to: mail.author ?? '',
  };
  const held = config.mail.dryRun ? 'dry run' : null;
  const state = held === null ? 'ready' : 'held';
  correspondence.outbox.put(note(config, answered, key, lines, now), {
    state,
    why: held,
    notBefore: now,
    now,
  });
}
