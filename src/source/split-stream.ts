import { beginsMail, lineAt, withoutQuoting } from '../mail/split-mbox.js';
import { mailLimit } from './inbox.js';

/** A mail of an mbox, or of a stream that is one mail, and where its bytes stand in it. */
export interface Split {
  /** Undefined for a mail that is larger than a mail may be. */
  raw: Buffer | undefined;
  /** The byte at which it begins, with its `From ` line. */
  start: number;
  /** The byte behind it. */
  end: number;
  /** Its first bytes as they stand in the stream. */
  head: Buffer;
}

/** A `From ` line and the header line below it fit into these many bytes, or are no beginning of a mail. */
const lookAhead = 4096;

/** The index behind the blank line before the next mail; undefined when none begins in what is there. */
function nextMail(bytes: Buffer, from: number, isLast: boolean): { at: number | undefined; seen: number } {
  for (let at = bytes.indexOf('\nFrom ', from); at >= 0; at = bytes.indexOf('\nFrom ', at + 1)) {
    if (!isLast && bytes.length - at < lookAhead) return { at: undefined, seen: at };
    const blank = bytes[at - 1] === 0x0a || (bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a);
    if (blank && beginsMail(bytes, at + 1)) return { at: at + 1, seen: at + 1 };
  }
  // The line break and a part of the word may be the last bytes that there are.
  return { at: undefined, seen: Math.max(from, bytes.length - 8) };
}

/** The mail without its `From ` line and the blank line behind it. A copy: the chunk it came in goes away. */
function contentOf(bytes: Buffer): Buffer {
  if (!beginsMail(bytes, 0)) return Buffer.from(bytes);
  const blank = ['\n\n', '\r\n\r\n'].find((end) => bytes.subarray(-end.length).equals(Buffer.from(end)));
  const end = bytes.length - (blank === undefined ? 0 : blank.length / 2);
  return Buffer.from(withoutQuoting(bytes.subarray(lineAt(bytes, 0).next, end)));
}

const headBytes = 512;

function headOf(bytes: Buffer, length: number): Buffer {
  return Buffer.from(bytes.subarray(0, Math.min(headBytes, length)));
}

/**
 * The mails of an mbox or mboxrd of any length, one after the other; a stream that does not begin as an mbox
 * is one mail. `base` is the place of the stream's first byte. What is held is one mail and one chunk.
 */
export async function* splitStream(chunks: AsyncIterable<Buffer>, base = 0): AsyncGenerator<Split> {
  let held: Buffer = Buffer.alloc(0);
  let start = base;
  let seen = 0;
  let dropped = 0;
  let head: Buffer | undefined;
  let many: boolean | undefined;
  const finish = (length: number): Split => {
    const end = start + dropped + length;
    const raw = dropped > 0 || length > mailLimit ? undefined : contentOf(held.subarray(0, length));
    const split = { raw, start, end, head: head ?? headOf(held, length) };
    held = held.subarray(length);
    [start, seen, dropped, head] = [end, 0, 0, undefined];
    return split;
  };
  let waiting: Buffer[] = [];
  for await (const chunk of chunks) {
    waiting.push(chunk);
    // Joining small chunks to a large mail one by one would take quadratic time.
    const bytes = waiting.reduce((sum, each) => sum + each.length, 0);
    if (bytes < lookAhead || bytes < held.length / 4) continue;
    held = Buffer.concat([held, ...waiting]);
    waiting = [];
    many ??= beginsMail(held, 0);
    for (let next = many ? nextMail(held, seen, false) : undefined; next; ) {
      seen = next.seen;
      if (next.at === undefined) break;
      yield finish(next.at);
      next = nextMail(held, 0, false);
    }
    if (held.length <= mailLimit + lookAhead) continue;
    head ??= headOf(held, held.length);
    dropped += held.length - lookAhead;
    held = held.subarray(held.length - lookAhead);
    seen = 0;
  }
  held = Buffer.concat([held, ...waiting]);
  many ??= beginsMail(held, 0);
  for (let next = many ? nextMail(held, seen, true) : undefined; next?.at !== undefined; ) {
    yield finish(next.at);
    next = nextMail(held, 0, true);
  }
  if (held.length + dropped > 0) yield finish(held.length);
}
