/** A mail that is to be sent; nothing of it changes any more. */
export interface Outgoing {
  /** Message-ID without angle brackets. */
  id: string;
  /** Names what it answers and of which kind it is: the same thing is never said twice. */
  key: string;
  /** The series that it is about: a newer version makes an unsent mail pointless. */
  series: string;
  /** First Message-ID of the thread that it goes into. */
  thread: string;
  /** Author of what it answers, in small letters. */
  author: string;
  lists: string[];
  /** Bare addresses for the envelope. */
  from: string;
  to: string[];
  subject: string;
  /** Ids of the findings that it tells of. */
  findings: string[];
  /** RFC 5322 with its Date; lines end with `\n`. */
  bytes: Buffer;
}

/**
 * `held`: a person has to decide. `ready`: goes out when its time has come. `sending`: handed to a server that has
 * not answered; after a crash nobody knows whether it took it.
 */
export type MailState = 'held' | 'ready' | 'sending' | 'sent' | 'dropped' | 'failed';

/** A mail of the outbox with what became of it; times in ms since 1970. */
export interface OutboxMail extends Outgoing {
  state: MailState;
  /** Why it is held, was dropped or has failed; null otherwise. */
  why: string | null;
  createdAt: number;
  notBefore: number;
  sentAt: number | null;
  attempts: number;
  /** Times that the same bytes were sent again because a server had not answered. */
  repeats: number;
}

/** In which states of a mail a person may still decide what. */
export const decidable: Readonly<Record<'approve' | 'drop', readonly MailState[]>> = {
  approve: ['held', 'failed'],
  drop: ['held', 'failed', 'ready'],
};
