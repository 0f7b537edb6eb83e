import type { Message } from '../mail/message.js';

/** The patches of one posting, in the order in which they apply. */
export interface Series {
  /** Of the cover, or of the first patch, without `Re:` and the bracket. */
  subject: string;
  /** 1 for a posting without `v2`. */
  version: number;
  /** Of the cover, or of the first patch, without angle brackets; undefined for a plain diff. */
  messageId: string | undefined;
  from: string;
  status: 'complete' | 'incomplete';
  /** `[PATCH 0/n]`. */
  cover: Message | undefined;
  patches: Message[];
  /** What is missing or left aside, each as a sentence without a full stop. */
  missing: string[];
}
