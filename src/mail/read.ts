import { pageDate, readArchivePage } from './archive-page.js';
import { hasLongBlankRuns } from './blank-runs.js';
import type { Message } from './message.js';
import { readHeaders } from './read-headers.js';
import { isMbox, splitMbox } from './split-mbox.js';

/** Bounds on an input: a kernel series of a hundred patches has about one megabyte. */
export const inputLimit = { bytes: 20_000_000, messages: 500 } as const;

/** Why bytes cannot be a mail or a diff, as one line; undefined when they may be. */
function whyUnreadable(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return 'the input is empty';
  if (bytes.length > inputLimit.bytes)
    return `the input has ${bytes.length} bytes; at most ${inputLimit.bytes} are read`;
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return 'the input is UTF-16 text; a patch must be UTF-8 or ASCII';
  if (bytes.includes(0)) return 'the input is binary: neither a mail nor a patch';
  if (/^\s*$/.test(bytes.toString('latin1', 0, 4096)) && bytes.toString('latin1').trim() === '')
    return 'the input is empty but for white space';
  return undefined;
}

const mailHeaders = ['from', 'subject', 'message-id', 'date', 'received', 'return-path'];

/** Whether the first line is a header, and some header is one that every mail has. */
function isMail(bytes: Buffer): boolean {
  if (!/^[!-9;-~]+:[ \t\r\n]/.test(bytes.toString('latin1', 0, 200))) return false;
  const headers = readHeaders(bytes);
  return mailHeaders.some((name) => headers.has(name));
}

function decode(bytes: Buffer): { body: string; encoding: Message['encoding'] } {
  try {
    const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return { body, encoding: 'utf8' };
  } catch {
    // Not UTF-8: keep every byte, whatever it means.
    return { body: bytes.toString('latin1'), encoding: 'latin1' };
  }
}

/** A diff without a mail around it, for instance the output of `git diff` or `git show`. */
function plainDiff(bytes: Buffer): Message {
  return {
    id: undefined,
    ids: [],
    subject: '',
    from: '',
    author: '',
    date: undefined,
    dateText: undefined,
    inReplyTo: [],
    references: [],
    headers: new Map(),
    ...decode(bytes),
    flowed: false,
    neverAnswer: undefined,
    attachments: [],
    raw: bytes,
  };
}

/** A page saved from a web archive as the mail that it shows, or the diff itself when it is no page. */
function unwrapped(message: Message): Message {
  const page = readArchivePage(message.body);
  if (!page) return message;
  const { subject, from, dateText, body } = page;
  const headers = new Map([['subject', [subject]]]);
  if (from !== '') headers.set('from', [from]);
  const neverAnswer = 'it is a page saved from a web archive, not the mail itself';
  return {
    ...message,
    subject,
    from,
    author: from,
    date: pageDate(page),
    dateText,
    headers,
    body,
    neverAnswer,
  };
}

/** Mails that cannot be read are told, never skipped. */
async function parseMails(mails: Buffer[]): Promise<{ messages: Message[] } | { problem: string }> {
  const { parseMail } = await import('./parse-mail.js');
  const messages: Message[] = [];
  for (const [index, mail] of mails.entries()) {
    const which = mails.length > 1 ? `mail ${index + 1} of ${mails.length}` : 'the mail';
    if (hasLongBlankRuns(mail)) return { problem: `${which} has more blanks in a row than any mail has` };
    try {
      messages.push(await parseMail(mail));
    } catch (error) {
      return { problem: `${which} cannot be parsed: ${String((error as Error).message).split('\n')[0]}` };
    }
  }
  return { messages };
}

/**
 * The messages in some bytes: a mail, an mbox or mboxrd, or a diff without a mail (then one message without
 * headers). A problem is one line for the user; nothing is thrown. Whether there is a patch in a message is
 * not looked at here.
 */
export async function readMessages(bytes: Buffer): Promise<{ messages: Message[] } | { problem: string }> {
  const problem = whyUnreadable(bytes);
  if (problem) return { problem };
  if (isMbox(bytes)) {
    const { mails, more } = splitMbox(bytes, inputLimit.messages);
    if (more) return { problem: `the mbox holds more than ${inputLimit.messages} mails` };
    return parseMails(mails);
  }
  return isMail(bytes) ? parseMails([bytes]) : { messages: [unwrapped(plainDiff(bytes))] };
}
