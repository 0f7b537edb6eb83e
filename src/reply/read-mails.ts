import type { ReviewedMessage } from '../finding/message.js';
import { answeredMessage } from '../mail/answered.js';
import type { Message } from '../mail/message.js';
import { parseMail } from '../mail/parse-mail.js';
import type { Answerable } from '../policy/unanswerable.js';

/** A mail as it is read and as it is answered. */
export interface ReadMail {
  message: Message & { id: string };
  told: ReviewedMessage;
}

/** A mail that can be answered; undefined without a Message-ID, and where it cannot be read, which is told. */
export async function readMail(
  raw: Buffer,
  onTrouble: (line: string) => void,
): Promise<ReadMail | undefined> {
  try {
    const { id, ...read } = await parseMail(raw);
    if (id === undefined) return undefined;
    const message = { ...read, id };
    return { message, told: await answeredMessage(message) };
  } catch (error) {
    // Of a stranger's mail no more than a line is told.
    onTrouble(`a mail cannot be read: ${(error as Error).message.split('\n')[0]!.slice(0, 200)}`);
    return undefined;
  }
}

/** The mails of a series by Message-ID, as answers and as policy have to know them. */
export interface Mails {
  messages: Map<string, ReviewedMessage>;
  answerable: Map<string, Answerable>;
}

/** Reads what can be read; a mail without a Message-ID cannot be answered and is left out. */
export async function readMails(mails: Buffer[], onTrouble: (line: string) => void): Promise<Mails> {
  const messages = new Map<string, ReviewedMessage>();
  const answerable = new Map<string, Answerable>();
  for (const raw of mails) {
    const read = await readMail(raw, onTrouble);
    if (read === undefined) continue;
    const { message, told } = read;
    const { headers, neverAnswer } = message;
    messages.set(message.id, told);
    answerable.set(message.id, { headers, author: told.from[0]?.address, neverAnswer });
  }
  return { messages, answerable };
}
