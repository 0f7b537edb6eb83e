import { createHash } from 'node:crypto';
import type { Config } from '../config/config.js';
import type { Outgoing } from '../finding/outgoing.js';
import { addressHeader, messageIdHeader, textHeader } from '../report/mail-header.js';
import { guardLine } from '../report/trailer.js';
import { withDate } from './date.js';

/** What a note to one person answers. */
export interface Answered {
  messageId: string;
  references: readonly string[];
  subject: string;
  /** Bare address of who gets it. */
  to: string;
}

/**
 * A mail to one person about what they asked for. `key` says what is answered, so that it is answered once; it
 * stands in no thread that others read.
 */
export function note(
  config: Config,
  answered: Answered,
  key: string,
  lines: readonly string[],
  now: number,
): Outgoing {
  const { name, address } = config.identity;
  const body = `${lines.map(guardLine).join('\n')}\n`;
  const digest = createHash('sha256').update(`${key}\n${body}`).digest('hex').slice(0, 20);
  const id = `fl.note.${digest}@${address.split('@').at(-1)}`;
  const subject = /^re:\s/i.test(answered.subject) ? answered.subject : `Re: ${answered.subject}`;
  const headers = [
    ...addressHeader('From', [{ name, address }]),
    ...addressHeader('To', [{ name: '', address: answered.to }]),
    textHeader('Subject', subject),
    ...messageIdHeader('In-Reply-To', [answered.messageId]),
    ...messageIdHeader('References', [...answered.references, answered.messageId]),
    `Message-ID: <${id}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  return {
    id,
    key,
    series: key,
    thread: key,
    author: answered.to,
    lists: [],
    from: address,
    to: [answered.to],
    subject,
    findings: [],
    bytes: Buffer.from(withDate(`${headers.join('\n')}\n\n${body}`, now)),
  };
}
