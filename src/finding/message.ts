/** A mail address as parsed. */
export interface Address {
  name: string;
  address: string;
}

/** What an answer needs to know of the mail that was reviewed. Every field is as hostile as the mail. */
export interface ReviewedMessage {
  /** Without angle brackets, as everywhere. */
  messageId: string;
  subject: string;
  /** The Date header as written; null when there is none. */
  date: string | null;
  from: Address[];
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  /** Message-IDs of the mail's own References (or In-Reply-To), oldest first. */
  references: string[];
  /** The diff as mailed, from its first `diff` or `---` line on. */
  diff: string;
}
