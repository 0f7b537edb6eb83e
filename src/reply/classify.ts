import { type Asked, readCommands } from '../policy/command.js';
import { type Answerable, whyUnanswerable } from '../policy/unanswerable.js';

/** A mail that came to the bot's own mailbox. */
export interface Received extends Answerable {
  messageId: string;
  subject: string;
  body: string;
  /** Bare addresses in small letters. */
  addressees: readonly string[];
  /** Message-IDs that it answers, the nearest first. */
  answers: readonly string[];
}

/**
 * What a mail to the bot is. `ordinary` is for the stage that looks for patches; `command` asks for something;
 * `notice` is for a person, and never acted upon by itself; `robot` is left alone.
 */
export type Incoming =
  | { kind: 'ordinary' }
  | { kind: 'command'; asked: Asked }
  | {
      kind: 'notice';
      notice: 'confirmation' | 'probe' | 'digest' | 'bounce';
      why: string;
      about: string | undefined;
    }
  | { kind: 'robot'; why: string };

interface Sign {
  notice: 'confirmation' | 'probe' | 'digest';
  /** Header by small name (or `body`), and what stands in it. */
  where: string;
  pattern: RegExp;
  why: string;
}

const confirm = 'a list wants the subscription confirmed: read it, and answer it from this mailbox';
const probe =
  'a list asks whether this mailbox still takes mail: it had bounces, so look at the mailbox; the probe itself needs no answer';
const digest =
  'a digest: patches in it cannot be answered or applied; set this subscription to single mails (nodigest)';

const signs: readonly Sign[] = [
  { notice: 'digest', where: 'content-type', pattern: /^multipart\/digest/i, why: digest },
  {
    notice: 'digest',
    where: 'subject',
    pattern: /\bdigest, vol \d+, issue \d|^digest of \S+ issue \d/i,
    why: digest,
  },
  // mlmmj asks from an address with a cookie, Mailman 2 with one in the subject, Mailman 3 from one that confirms.
  {
    notice: 'confirmation',
    where: 'reply-to',
    pattern: /\+(?:conf|nconf)sub(?:-digest|-nomail|-both)?-[\w-]+/i,
    why: confirm,
  },
  { notice: 'confirmation', where: 'subject', pattern: /^confirm [0-9a-f]{16,}$/i, why: confirm },
  { notice: 'confirmation', where: 'from', pattern: /-confirm\+[\w-]+@/i, why: confirm },
  { notice: 'confirmation', where: 'body', pattern: /^\s*auth [0-9a-f]{6,} subscribe \S+/im, why: confirm },
  { notice: 'probe', where: 'return-path', pattern: /\+bounces-probe-[\w-]+@/i, why: probe },
  { notice: 'probe', where: 'subject', pattern: /\bmailing list probe message\b/i, why: probe },
];

/** Says what a mail to the bot's own mailbox is. */
export function classify(mail: Received, own: readonly string[]): Incoming {
  const textOf = (where: string) =>
    where === 'body' ? mail.body.slice(0, 4096) : (mail.headers.get(where)?.[0] ?? '');
  const bounce = bounceOf(mail);
  if (bounce !== undefined) return bounce;
  for (const { notice, where, pattern, why } of signs)
    if (pattern.test(textOf(where))) return { kind: 'notice', notice, why, about: undefined };
  const asked = readCommands(mail.body);
  const silent = whyUnanswerable(mail, { own, optedOut: [] });
  if (asked.commands.length + asked.unknown.length > 0)
    return silent === undefined ? { kind: 'command', asked } : { kind: 'robot', why: silent };
  return { kind: 'ordinary' };
}

const reportType = /^multipart\/report\b.*\bdelivery-status\b/i;
const original = /^(?:message-id|x-original-message-id):\s*<([^<>\s]{1,250})>/im;

/** A report of a mail system that a mail did not arrive; `about`: the Message-ID of that mail, where it is named. */
function bounceOf(mail: Received): Incoming | undefined {
  const isReport = reportType.test(mail.headers.get('content-type')?.[0] ?? '');
  const isDaemon =
    /^(?:mailer-daemon|postmaster)@/i.test(mail.author ?? '') &&
    mail.headers.get('return-path')?.[0] === '<>';
  if (!isReport && !isDaemon) return undefined;
  return {
    kind: 'notice',
    notice: 'bounce',
    why: 'a mail did not arrive: see which address its mail system names',
    about: mail.answers[0] ?? original.exec(mail.body)?.[1],
  };
}
