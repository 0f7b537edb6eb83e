export type MailKind = 'patch' | 'cover' | 'reply' | 'pull' | 'other';

/** What the store keeps of a mail beside its bytes, so that questions need not read every mail again. */
export interface Facts {
  /** Every Message-ID, without angle brackets; empty for a mail without one. */
  ids: string[];
  /** The Message-ID that this mail answers; null for the first of a thread. */
  parent: string | null;
  /** Lists that it says it came through. */
  lists: string[];
  subject: string;
  from: string;
  /** ISO 8601; null when the mail has no date that can be read. */
  date: string | null;
  kind: MailKind;
  /** The same for all mails of one posting; null for what belongs to none. */
  series: string | null;
  /** Why its patch cannot be read; null when it can, and for what is no patch. */
  malformed: string | null;
  /** Why its patch is not for the kernel; null when it is. */
  notKernel: string | null;
  /** Files that the patch changes and that Faultline models. */
  touched: string[];
  /** Names what the patch does; two mails under one Message-ID that do different things are two messages. */
  essence: string | null;
}
