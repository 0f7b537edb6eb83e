import type { ReviewedMessage } from '../finding/message.js';
import { answeredMessage } from '../mail/answered.js';
import { parseMail } from '../mail/parse-mail.js';
import type { Answerable } from '../policy/unanswerable.js';

/** The mails of a series by Message-ID, as answers and as policy have to know them. */
export interface Mails {
  messages: Map<string, ReviewedMessage>;
  answerable: Map<string, Answerable>;
}

/** Reads what can be read; a mail without a Message-ID cannot be answered and is left out. */
export async function readMails(mails: Buffer[]): Promise<Mails> {
  const messages = new Map<string, ReviewedMessage>();
  const answerable = new Map<string, Answerable>();
  for (const raw of mails) {
    const message = await parseMail(raw).catch(() => undefined);
    if (message?.id === undefined) continue;
    const told = await answeredMessage({ ...message, id: message.id }).catch(() => undefined);
    if (told === undefined) continue;
    const { headers, neverAnswer } = message;
    messages.set(message.id, told);
    answerable.set(message.id, { headers, author: told.from[0]?.address, neverAnswer });
  }
  return { messages, answerable };
}
