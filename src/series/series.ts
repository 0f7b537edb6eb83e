import type { Message } from '../mail/message.js';

/**
 * `complete`; `incomplete`: parts are missing; `partial-reroll`: complete with patches of the version before;
 * `fixup`: a diff in an answer; `pull-request`, `cover-only`, `no-patch`: nothing to apply.
 */
export type SeriesStatus =
  | 'complete'
  | 'incomplete'
  | 'partial-reroll'
  | 'fixup'
  | 'pull-request'
  | 'cover-only'
  | 'no-patch';

/** What kind of posting the subject says it is. */
export type Tag = 'rfc' | 'resend' | 'stable' | 'autosel';

/** The patches of one posting, in the order in which they apply. */
export interface Series {
  /** Of the cover, or of the first patch, without `Re:` and the bracket. */
  subject: string;
  /** 1 for a posting without `v2`. */
  version: number;
  /** Of the cover, or of the first patch, without angle brackets; undefined for a plain diff. */
  messageId: string | undefined;
  from: string;
  status: SeriesStatus;
  /** `[PATCH 0/n]`. */
  cover: Message | undefined;
  patches: Message[];
  /** What is missing, each as a sentence without a full stop. */
  missing: string[];
  /** What was left aside and how the series was put together, each as a sentence without a full stop. */
  notes: string[];
  tags: Tag[];
  /** The other words of the subject's brackets, lower case: `net-next`, `linux-nvdimm`. */
  words: string[];
  /** The lists that copies of its mails came through, as List-Id names them: `linux-mm.kvack.org`. */
  lists: string[];
  /** The project that it is for when that is not the kernel: `ndctl`. */
  project: string | undefined;
  /** The newest later version among the messages. */
  supersededBy: number | undefined;
  /** Answers that hold diffs of their own. */
  fixups: Message[];
}
