import { createHash } from 'node:crypto';
import type { Finding } from '../finding/finding.js';
import type { Address, ReviewedMessage } from '../finding/message.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { mailBody } from './mail-body.js';
import { addressHeader, isMessageId, messageIdHeader, textHeader } from './mail-header.js';
import { newsOf } from './news.js';
import { type Recipients, recipientsOf } from './recipients.js';

/** A mail as it would be sent, but for its Date. */
export interface ComposedMail extends Recipients {
  /** Message-ID without angle brackets. */
  id: string;
  /** Message-ID of the mail that it answers. */
  answers: string;
  subject: string;
  /** RFC 5322 headers without Date, a blank line, the body; lines end with `\n`. */
  text: string;
  /** Ids of the findings that it tells in full. */
  findings: string[];
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function subjectOf(message: ReviewedMessage): string {
  return /^re:\s/i.test(message.subject) ? message.subject : `Re: ${message.subject}`;
}

function headers(
  review: Review,
  findings: Finding[],
  message: ReviewedMessage,
  { to, cc }: { to: Address[]; cc: Address[] },
  id: string,
  context: ReportContext,
) {
  const told = findings.map((each) => `${each.rule} ${each.race ?? each.evidence} ${each.status}`);
  const required = context.audience.actionRequired && findings.some(({ status }) => status === 'introduced');
  return [
    ...addressHeader('From', [{ name: context.sender.name, address: context.sender.address }]),
    ...addressHeader('To', to),
    ...addressHeader('Cc', cc),
    textHeader('Subject', subjectOf(message)),
    ...messageIdHeader('In-Reply-To', [message.messageId]),
    ...messageIdHeader('References', [
      ...message.references.filter((each) => each !== message.messageId),
      message.messageId,
    ]),
    `Message-ID: <${id}>`,
    'Auto-Submitted: auto-replied',
    ...told.map((finding) => textHeader('X-Faultline-Finding', finding)),
    textHeader('X-Faultline-Model', escapeLine(review.tool.modelVersion)),
    ...(required ? ['X-Patchwork-Action-Required: yes'] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ].join('\n');
}

/**
 * The id is a pure function of what is answered, to whom, and of the body, so that a mail sent twice arrives once
 * and a changed body is another mail.
 */
function messageIdOf(message: ReviewedMessage, body: string, { sender, audience }: ReportContext): string {
  const domain = sender.address.split('@').at(-1) ?? 'localhost';
  const scope = audience.deliver === 'list' ? '' : ` ${audience.deliver}`;
  return `fl.${hash(message.messageId + scope)}.${hash(body)}@${domain}`;
}

/** Why nobody is answered; undefined when there is somebody. */
function whySilent(review: Review, patch: PatchReview, message: ReviewedMessage | undefined) {
  if (review.series.neverAnswer !== null) return review.series.neverAnswer;
  if (patch.messageId === null) return 'the patch came without a mail to answer';
  if (message === undefined || !isMessageId(message.messageId))
    return 'the mail to answer has no usable Message-ID';
  return undefined;
}

/**
 * The one mail that a series gets: it answers the first patch that there is something to say of. A reason in one
 * line where nothing is said.
 */
export function composeMail(review: Review, context: ReportContext): ComposedMail | { silent: string } {
  const news = newsOf(review, context);
  if ('silent' in news) return news;
  const { patch } = news;
  const message = context.messages.get(patch.messageId ?? '');
  const silence = whySilent(review, patch, message);
  if (silence !== undefined || message === undefined) return { silent: silence ?? 'nothing to answer' };
  const recipients = recipientsOf(message, context, news.kind === 'clean');
  if (recipients.to.length === 0) return { silent: 'nobody is left to answer' };
  const id = messageIdOf(message, mailBody(review, news, message, '', context), context);
  const body = mailBody(review, news, message, id, context);
  const text = `${headers(review, news.findings, message, recipients, id, context)}\n\n${body}`;
  const findings = news.findings.map((finding) => finding.id);
  return { id, answers: message.messageId, ...recipients, subject: subjectOf(message), text, findings };
}

/** The mail that would be sent; nothing to say gives no output. */
export function emailReport(review: Review, context: ReportContext): Report {
  const mail = composeMail(review, context);
  if ('silent' in mail) return { output: '', note: `${mail.silent}; no mail would be sent` };
  return { output: mail.text, note: null };
}
