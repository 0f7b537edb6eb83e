/** How far a source was read: a JSON value that only the source itself understands. */
export type Cursor = null | boolean | number | string | Cursor[] | { [key: string]: Cursor };

/**
 * What a source tells. `place` names the mail within the source and stays the same when it is read again;
 * `cursor` stands behind this arrival: who keeps both in one transaction loses nothing and repeats nothing.
 */
export type Arrival = { cursor: Cursor } & (
  | { kind: 'mail'; place: string; raw: Buffer }
  /** A place that holds a mail which cannot be had, and why. */
  | { kind: 'unread'; place: string; why: string }
  /** The archive withdrew the mail with these bytes; `place` is where it says so. */
  | { kind: 'withdrawn'; place: string; raw: Buffer }
  /** Places that begin with `prefix` mean nothing any more; what is there comes again under new ones. */
  | { kind: 'renumbered'; prefix: string }
);

/** Where mail comes from. Methods throw a SourceFailure, whatever the library behind them throws. */
export interface Inbox {
  /** The same in every run, and without a password. */
  readonly name: string;
  /** All there is behind `cursor`, oldest first; it ends when there is no more for now. */
  read(cursor: Cursor | undefined): AsyncIterable<Arrival>;
  /** About how many arrivals are behind `cursor`, where that is quickly known: it tells people how long they wait. */
  amount?(cursor: Cursor | undefined): Promise<number | undefined>;
  /** Resolves when there may be more, or when the signal fires. */
  wait(signal: AbortSignal): Promise<void>;
  /** The mails with a Message-ID, for sources that can be asked for one. */
  find?(messageId: string): Promise<Buffer[]>;
  close(): Promise<void>;
}

/** Bytes that one mail may have; a larger one is told as unread. */
export const mailLimit = 32 * 1024 * 1024;

/** Of a mail with more bytes than the limit. */
export function whyTooLarge(bytes: number): string {
  return `it has ${bytes} bytes; at most ${mailLimit} are read`;
}

/** Resolves after a time, or at once when the signal fires. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
