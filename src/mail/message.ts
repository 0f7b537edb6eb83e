/** One mail, or a diff that came without one. Everything in it was written by strangers. */
export interface Message {
  /** The last Message-ID, without angle brackets; undefined for a plain diff. */
  id: string | undefined;
  /** Every Message-ID of the mail, in order: mails that were posted twice carry several. */
  ids: string[];
  /** Decoded; empty for a plain diff. */
  subject: string;
  /** `A Developer <dev@example.org>`, decoded; empty for a plain diff. */
  from: string;
  /** Who wrote the patch: the `From:` line at the start of the text where one stands, else the sender. */
  author: string;
  /** ISO 8601 in UTC; undefined when there is none or it cannot be read. Never "now". */
  date: string | undefined;
  /** The Date header as written. */
  dateText: string | undefined;
  /** Message-IDs without angle brackets: the mail that this one answers first. */
  inReplyTo: string[];
  /** Message-IDs without angle brackets, oldest first. */
  references: string[];
  /** Unfolded and undecoded values by lower-case name, in order of appearance. */
  headers: ReadonlyMap<string, string[]>;
  /** The plain text with `\n` line ends, as sent: a flowed body is not joined here. */
  body: string;
  /** The body says `format=flowed`, which mail programs re-wrap: its lines may carry one stuffed blank more. */
  flowed: boolean;
  /** What turns `body` back into the bytes of the patch. */
  encoding: 'utf8' | 'latin1';
  /** Why nobody may be answered, whatever is found: a saved page has no sender. undefined for a mail. */
  neverAnswer: string | undefined;
  /** Text attachments, some mailers send the patch as one. */
  attachments: { name: string; text: string }[];
  /** The bytes as they came. */
  raw: Buffer;
}

/** The first value of a header, unfolded. */
export function header(message: Message, name: string): string | undefined {
  return message.headers.get(name.toLowerCase())?.[0];
}
