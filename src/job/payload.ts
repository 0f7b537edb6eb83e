import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { joinMbox } from '../mail/join-mbox.js';
import { inputLimit } from '../mail/read.js';
import type { Planned } from '../store/reviews.js';

/** What a worker is given: all it needs, for it may be on another machine and sees no store. */
export interface ReviewJob {
  /** The mails as one mboxrd, packed, in base64. */
  mbox: string;
  lists: string[];
  words: string[];
}

/** The job for a series; undefined when its mails are more than a review reads. */
export function packJob({ lists, words }: Planned, mails: Buffer[]): ReviewJob | undefined {
  const mbox = joinMbox(mails);
  if (mbox.length > inputLimit.bytes || mails.length > inputLimit.messages) return undefined;
  return { mbox: deflateRawSync(mbox).toString('base64'), lists, words };
}

/** The mails again. A queue is shared with whoever reaches it: what comes out of it is measured anew. */
export function unpackMbox({ mbox }: ReviewJob): Buffer {
  return inflateRawSync(Buffer.from(mbox, 'base64'), { maxOutputLength: inputLimit.bytes });
}
