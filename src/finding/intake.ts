import type { Progress } from './request.js';

/** What `faultline ingest` is asked for. */
export interface IntakeOptions {
  /** Addresses of sources: a path, `-`, or imap(s), nntp(s), http(s). */
  sources: string[];
  /** The store's file; absent: what is read is counted and not kept. */
  store?: string;
  /** Goes on until the signal fires, as mail comes in. */
  follow: boolean;
  signal: AbortSignal;
  environment: Record<string, string | undefined>;
  stdin: AsyncIterable<Buffer>;
  onProgress: (progress: Progress) => void;
  /** Told what went wrong and is tried again, as one line each. */
  onTrouble: (line: string) => void;
}

/** What a store holds, counted over all that its sources hold now. */
export interface Tally {
  /** Mails that the sources hold. */
  messages: number;
  /** Messages: copies of one that came several ways count once. */
  unique: number;
  series: number;
  patches: number;
  /** Patches that change a file Faultline models, and how many change which. */
  touched: number;
  touchedFiles: Record<string, number>;
  /** Patches that cannot be read. */
  malformed: number;
  /** Patches for other projects. */
  notKernel: number;
  /** Mails that an archive took back. */
  withdrawn: number;
  /** Mails that a source should have and could not hand out. */
  unread: number;
  /** Mails that answer one which was never seen. */
  orphans: number;
}

/** What the store holds after an intake, and what that one run did. */
export interface IntakeReport extends Tally {
  /** Of this run: mails whose bytes were new, its time, and the most memory it had. */
  fresh: number;
  seconds: number;
  peakRssMb: number;
}
