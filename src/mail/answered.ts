import type { AddressObject, EmailAddress } from 'mailparser';
import type { Address, ReviewedMessage } from '../finding/message.js';
import type { Message } from './message.js';
import { readMessages } from './read.js';
import { headerBytes } from './read-headers.js';

/** Groups (`list: a, b;`) are opened; entries without an address are left out. */
function addressesOf(field: AddressObject | AddressObject[] | undefined): Address[] {
  const open = (each: EmailAddress): EmailAddress[] => each.group ?? [each];
  return [field ?? []]
    .flat()
    .flatMap((object) => object.value.flatMap(open))
    .map(({ name, address }) => ({ name, address: address ?? '' }))
    .filter((each) => each.address !== '');
}

/** The diff as mailed: what a reader would see quoted. */
function diffOf(body: string): string {
  const at = body.search(/^(?:diff --git |diff -|--- )/m);
  return at < 0 ? '' : body.slice(at);
}

/** A mail as an answer needs to know it. */
export async function answeredMessage(message: Message & { id: string }): Promise<ReviewedMessage> {
  const { simpleParser } = await import('mailparser');
  // Headers only: the body was read before, and attachments are nobody's business here.
  const mail = await simpleParser(headerBytes(message.raw));
  return {
    messageId: message.id,
    subject: message.subject,
    date: message.dateText ?? null,
    from: addressesOf(mail.from),
    replyTo: addressesOf(mail.replyTo),
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    references: message.references.length > 0 ? message.references : message.inReplyTo,
    diff: diffOf(message.body),
  };
}

/** The mails of an input that can be answered, by Message-ID. What cannot be read is no mail. */
export async function answeredMessages(input: Buffer): Promise<ReadonlyMap<string, ReviewedMessage>> {
  const answer = await readMessages(input);
  const messages = new Map<string, ReviewedMessage>();
  if ('problem' in answer) return messages;
  for (const message of answer.messages) {
    if (message.id === undefined) continue;
    messages.set(message.id, await answeredMessage({ ...message, id: message.id }));
  }
  return messages;
}
