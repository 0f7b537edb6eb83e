import type { Config } from '../config/config.js';
import type { Review } from '../finding/review.js';
import { defaultContext } from '../report/context.js';
import { textReport } from '../report/text.js';
import { isDatabaseFailure } from '../store/database.js';
import type { Hearing } from '../store/hearing.js';
import type { Reviews } from '../store/reviews.js';
import { classify, type Received } from './classify.js';
import type { Correspondence } from './correspondence.js';
import { dkimOf, type Resolver } from './dkim.js';
import { maintainersOf } from './maintainers-of.js';
import { type Answered, note } from './note.js';
import { obey } from './obey.js';
import { readMail } from './read-mails.js';

/** Mails that are listened to in one turn; the rest waits for the next. */
const mostMails = 20;
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
  if (incoming.kind === 'notice') {
    const { notice, why, about } = incoming;
    const told = about === undefined ? why : `${why} (${about})`;
    correspondence.objections.notice({
      messageId: mail.messageId,
      kind: notice,
      subject: mail.subject,
      why: told,
      at: now,
    });
    onHeard(mail.messageId, notice);
  }
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

/** `<Message-ID> v<version>`, as outboxes file what is said of a series. */
function reviewOf(series: string, reviews: Reviews): string | undefined {
  const match = /^(.*) v(\d+)$/.exec(series);
  return match === null ? undefined : reviews.named(match[1] as string, Number(match[2]));
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
