import { createHash } from 'node:crypto';
import type { Finding } from '../finding/finding.js';
import type { Address, ReviewedMessage } from '../finding/message.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { mailBody } from './mail-body.js';
import { addressHeader, isAddress, isMessageId, messageIdHeader, textHeader } from './mail-header.js';

function silent(note: string): Report {
  return { output: '', note: `${note}; no mail would be sent` };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function introduced(patch: PatchReview): Finding[] {
  return patch.findings.filter((finding) => finding.status === 'introduced');
}

/** Each address once, whatever its case, without our own. */
function distinct(addresses: Address[], without: Set<string>): Address[] {
  const seen = new Set(without);
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase();
    if (!isAddress(address) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A relay (`devnull+...`) is never read: its author's real address is in Reply-To or Cc. */
function isRelay(address: Address): boolean {
  return /^(?:devnull|no-?reply|do-?not-?reply)\b/i.test(address.address);
}

function recipients(message: ReviewedMessage, context: ReportContext): { to: Address[]; cc: Address[] } {
  const own = new Set([context.sender.address.toLowerCase()]);
  const wanted = message.replyTo.length > 0 ? message.replyTo : message.from;
  const to = distinct(
    wanted.filter((each) => !isRelay(each)),
    own,
  );
  const taken = new Set([...own, ...to.map((each) => each.address.toLowerCase())]);
  const everybody = [...message.from, ...message.to, ...message.cc].filter((each) => !isRelay(each));
  const cc = distinct(everybody, taken);
  return to.length > 0 ? { to, cc } : { to: cc.slice(0, 1), cc: cc.slice(1) };
}

function subjectOf(message: ReviewedMessage): string {
  return /^re:\s/i.test(message.subject) ? message.subject : `Re: ${message.subject}`;
}

function headers(
  review: Review,
  patch: PatchReview,
  message: ReviewedMessage,
  id: string,
  context: ReportContext,
) {
  const { to, cc } = recipients(message, context);
  const findings = introduced(patch).map(
    (each) => `${each.rule} ${each.race ?? each.evidence} ${each.status}`,
  );
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
    ...findings.map((finding) => textHeader('X-Faultline-Finding', finding)),
    textHeader('X-Faultline-Model', escapeLine(review.tool.modelVersion)),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ].join('\n');
}

/**
 * The id is a pure function of what is answered and of the body, so that a mail sent twice arrives once and
 * a changed body is another mail.
 */
function messageIdOf(message: ReviewedMessage, body: string, context: ReportContext): string {
  const domain = context.sender.address.split('@').at(-1) ?? 'localhost';
  return `fl.${hash(message.messageId)}.${hash(body)}@${domain}`;
}

/** Why nobody is answered; undefined when there is somebody and something to say. */
function whySilent(review: Review, patch: PatchReview | undefined, message: ReviewedMessage | undefined) {
  if (patch === undefined) return 'nothing introduced';
  if (review.series.neverAnswer !== null) return review.series.neverAnswer;
  if (patch.messageId === null) return 'the patch came without a mail to answer';
  if (message === undefined || !isMessageId(message.messageId))
    return 'the mail to answer has no usable Message-ID';
  return undefined;
}

/**
 * The mail that would be sent: RFC 5322 headers without Date (the sender adds it), a blank line, the body.
 * One mail a series, answering the first patch that introduces something; nothing to say gives no output.
 */
export function emailReport(review: Review, context: ReportContext): Report {
  const patch = review.patches.find((each) => introduced(each).length > 0);
  const message = patch?.messageId == null ? undefined : context.messages.get(patch.messageId);
  const silence = whySilent(review, patch, message);
  if (silence !== undefined) return silent(silence);
  if (recipients(message!, context).to.length === 0) return silent('nobody is left to answer');
  const id = messageIdOf(message!, mailBody(review, patch!, message!, '', context), context);
  const body = mailBody(review, patch!, message!, id, context);
  return { output: `${headers(review, patch!, message!, id, context)}\n\n${body}`, note: null };
}
