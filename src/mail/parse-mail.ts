import type { ParsedMail } from 'mailparser';
import { isMasked } from './archive-page.js';
import type { Message } from './message.js';
import { readDate } from './read-date.js';
import { readHeaders, readIds, whyCut } from './read-headers.js';
import { readInBody } from './read-in-body.js';
import { type Content, readPlain } from './read-plain.js';

const contentType = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*/gim;

/** Whether some part of the mail says that its lines may be joined. */
function isFlowed(text: string): boolean {
  return [...text.matchAll(contentType)].some((match) => /format\s*=\s*"?flowed/i.test(match[0]));
}

/**
 * The mail with `format=flowed` made unknown: mailparser would join lines, which destroys a patch. The
 * length stays the same, so nothing else moves.
 */
function withoutFlow(raw: Buffer): { bytes: Buffer; flowed: boolean } {
  const text = raw.toString('latin1');
  if (!isFlowed(text)) return { bytes: raw, flowed: false };
  const kept = text.replace(contentType, (field) => field.replace(/flowed/gi, 'normal'));
  return { bytes: Buffer.from(kept, 'latin1'), flowed: true };
}

const patchType = /^text\/(x-patch|x-diff|plain)$/;

/** Some mailers call a patch a stream of bytes: then its text must say that it is one. */
function isPatch({ contentType, filename, content }: ParsedMail['attachments'][number]): boolean {
  if (patchType.test(contentType) || /\.(patch|diff)$/i.test(filename ?? '')) return true;
  if (!/^(?:application\/octet-stream|text\/.*)$/.test(contentType) || content.includes(0)) return false;
  return /^(?:diff --git |diff -|--- .+\n\+\+\+ )/m.test(content.toString('latin1', 0, 256 * 1024));
}

function textAttachments(mail: ParsedMail): Message['attachments'] {
  return mail.attachments.filter(isPatch).map((part) => ({
    name: part.filename ?? '',
    text: part.content.toString('utf8').replace(/\r\n/g, '\n'),
  }));
}

/** The sender as people write it, without line breaks. */
function senderOf(mail: ParsedMail, headers: Map<string, string[]>): string {
  return (mail.from?.text ?? headers.get('from')?.[0] ?? '').replace(/\s+/g, ' ').trim();
}

/** What only a mail library knows: parts, encodings, encoded words. */
export async function readParts(raw: Buffer, headers: Map<string, string[]>): Promise<Content> {
  // It takes 70 ms to load, which a plain diff need not wait for.
  const { simpleParser } = await import('mailparser');
  const { bytes, flowed } = withoutFlow(raw);
  const mail = await simpleParser(bytes, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  return {
    subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim(),
    from: senderOf(mail, headers),
    body: (mail.text ?? '').replace(/\r\n/g, '\n'),
    flowed,
    attachments: textAttachments(mail),
  };
}

/**
 * Reads one mail. Bodies and encoded words are decoded by mailparser; Message-IDs, dates and references are
 * read here, because mailparser takes an invalid date for now and keeps one header of several. Throws what
 * mailparser throws on a mail that it cannot read.
 */
export async function parseMail(raw: Buffer, headers = readHeaders(raw)): Promise<Message> {
  const content = readPlain(raw, headers) ?? (await readParts(raw, headers));
  const ids = readIds(headers.get('message-id'));
  const dateText = headers.get('date')?.[0];
  return {
    id: ids.at(-1),
    ids,
    ...content,
    author: readInBody(content.body).from ?? content.from,
    date: readDate(dateText),
    dateText,
    inReplyTo: readIds(headers.get('in-reply-to')),
    references: readIds(headers.get('references')),
    headers,
    encoding: 'utf8',
    neverAnswer: isMasked(content.from) ? 'the address of its sender is masked' : whyCut(raw),
    raw,
  };
}
