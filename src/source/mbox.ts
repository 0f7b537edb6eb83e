import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { beginsMail } from '../mail/split-mbox.js';
import { type Arrival, type Cursor, type Inbox, mailLimit, pause, whyTooLarge } from './inbox.js';
import { asFailure, SourceFailure } from './source-failure.js';
import { type Split, splitStream } from './split-stream.js';

const pollMs = 2000;
const chunkBytes = 256 * 1024;
/** Bytes at the beginning of the last mail by which a file is known again. */
const markBytes = 512;

/** The last mail that was read: an mbox only grows, unless another program made a new one. */
interface Mark {
  start: number;
  end: number;
  mark: string;
}

function asMark(cursor: Cursor | undefined): Mark | undefined {
  const { start, end, mark } = (cursor ?? {}) as Partial<Record<keyof Mark, Cursor>>;
  if (typeof start !== 'number' || typeof end !== 'number' || typeof mark !== 'string') return undefined;
  return { start, end, mark };
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

function arrivalOf({ raw, start, end, head }: Split): Arrival {
  const cursor = { start, end, mark: hash(head) };
  const place = String(start);
  if (raw !== undefined) return { kind: 'mail', place, raw, cursor };
  return { kind: 'unread', place, why: whyTooLarge(end - start), cursor };
}

class Mbox implements Inbox {
  constructor(
    readonly name: string,
    private readonly file: string,
  ) {}

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    try {
      const known = asMark(cursor);
      const from = known === undefined ? 0 : await this.resume(known);
      if (from === undefined) yield { kind: 'renumbered', prefix: '', cursor: null };
      const stream = createReadStream(this.file, { start: from ?? 0, highWaterMark: chunkBytes });
      for await (const split of splitStream(stream as AsyncIterable<Buffer>, from ?? 0))
        yield arrivalOf(split);
    } catch (error) {
      throw asFailure(error, this.file);
    }
  }

  /** Where to go on; undefined when the file is another one than it was. */
  private async resume(known: Mark): Promise<number | undefined> {
    const { bytes, size } = await this.look(known.start, known.end);
    if (size < known.end || hash(bytes) !== known.mark) return undefined;
    if (size === known.end) return known.end;
    const next = await this.look(known.end, known.end + mailLimit);
    // A mail that was still being written when it was read goes on behind its end, and is read again.
    return beginsMail(next.bytes, 0) ? known.end : known.start;
  }

  /** The first bytes from `start` on, none of them behind `end`. */
  private async look(start: number, end: number): Promise<{ bytes: Buffer; size: number }> {
    const handle = await open(this.file);
    try {
      const bytes = Buffer.alloc(Math.max(0, Math.min(markBytes, end - start)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return { bytes: bytes.subarray(0, bytesRead), size: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  }

  wait(signal: AbortSignal): Promise<void> {
    return pause(pollMs, signal);
  }

  async close(): Promise<void> {}
}

/** A file in the form mbox or mboxrd, of any length; a file with one mail is read too. */
export function openMbox(file: string): Inbox {
  const path = resolve(file);
  return new Mbox(`mbox:${path}`, path);
}

/** Mails on stdin, in the form mbox or one alone. They cannot be asked for again. */
export function openStdin(input: AsyncIterable<Buffer>): Inbox {
  return {
    name: 'stdin',
    async *read() {
      for await (const { raw, start } of splitStream(input)) {
        if (raw === undefined)
          throw new SourceFailure('damaged', `stdin: a mail has more than ${mailLimit} bytes`);
        yield { kind: 'mail', place: hash(raw), raw, cursor: start };
      }
    },
    wait: (signal) => pause(2 ** 30, signal),
    close: async () => {},
  };
}
