import { createHash } from 'node:crypto';
import { ask, askBytes, webAddress } from './http.js';
import { type Arrival, type Cursor, type Inbox, pause } from './inbox.js';
import { asFailure, SourceFailure } from './source-failure.js';
import { splitStream } from './split-stream.js';

const pollMs = 60_000;
/** What one answer may grow to. A thread is a few megabytes; a whole list is read as a stream. */
const mostBytes = { thread: 64 * 1024 * 1024, list: 8 * 1024 * 1024 * 1024 } as const;
/** Mails are asked for again that came this long before the last question: two clocks and one index. */
const overlapMs = 3_600_000;

/** Message-IDs are hostile: everything that means something in a path is escaped. */
function escaped(messageId: string): string {
  // A path of dots leads elsewhere, however it is written.
  if (/^\.+$/.test(messageId)) return 'nothing';
  return encodeURIComponent(messageId).replaceAll('%40', '@');
}

function withSlash(address: string): string {
  const url = webAddress(address);
  url.hash = '';
  url.search = '';
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** `https://host/list/` and a Message-ID, from an address of a mail or of its thread. */
export function threadAddress(address: string): { base: string; messageId: string } | undefined {
  const { origin, pathname } = webAddress(address);
  const parts = pathname.split('/').filter(Boolean);
  const at = parts.findIndex((part) => /@|%40/i.test(part));
  if (at < 0) return undefined;
  let messageId: string;
  try {
    messageId = decodeURIComponent(parts[at]!);
  } catch {
    return undefined;
  }
  return {
    base: new URL(
      `/${parts
        .slice(0, at)
        .map((part) => `${part}/`)
        .join('')}`,
      origin,
    ).href,
    messageId,
  };
}

/** The thread of a mail, as the bytes of an mbox. Throws a SourceFailure when the archive does not have it. */
export async function fetchThread(base: string, messageId: string): Promise<Buffer> {
  return askBytes(`${withSlash(base)}${escaped(messageId)}/t.mbox.gz`, mostBytes.thread);
}

class Archive implements Inbox {
  readonly name: string;

  constructor(private readonly base: string) {
    this.name = base;
  }

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    try {
      yield* this.ask(typeof cursor === 'number' ? cursor : undefined);
    } catch (error) {
      throw asFailure(error, this.base);
    }
  }

  /**
   * The whole list, or what the archive received since the last question. When it received a mail it learns
   * from the mail's own headers: git, NNTP and IMAP miss nothing, this may miss what lies about its time.
   */
  private async *ask(since: number | undefined): AsyncGenerator<Arrival> {
    const query = new URLSearchParams({ q: `rt:${Math.floor(((since ?? 0) - overlapMs) / 1000)}..`, x: 'm' });
    const { status, date, body } =
      since === undefined
        ? await ask(`${this.base}all.mbox.gz`, mostBytes.list)
        : await ask(`${this.base}?${query}`, mostBytes.list, 'POST');
    if (status === 404 && since !== undefined) return;
    if (status !== 200)
      throw new SourceFailure(status < 500 ? 'refused' : 'lost', `${this.base}: answers ${status}`);
    // Only behind the last mail of an answer is its time a cursor.
    let last: Arrival | undefined;
    for await (const { raw, start, end } of splitStream(body)) {
      if (last !== undefined) yield last;
      const cursor = since ?? null;
      if (raw === undefined)
        last = { kind: 'unread', place: `${date}/${start}`, why: `it has ${end - start} bytes`, cursor };
      else last = { kind: 'mail', place: placeOf(raw), raw, cursor };
    }
    if (last !== undefined) yield { ...last, cursor: date ?? Date.now() };
  }

  async find(messageId: string): Promise<Buffer[]> {
    const { status, body } = await ask(`${this.base}${escaped(messageId)}/raw`, mostBytes.thread);
    const found: Buffer[] = [];
    if (status === 200) for await (const { raw } of splitStream(body)) if (raw !== undefined) found.push(raw);
    return found;
  }

  wait(signal: AbortSignal): Promise<void> {
    return pause(pollMs, signal);
  }

  async close(): Promise<void> {}
}

/** A mail has no number here: its bytes are its place. */
function placeOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('base64url').slice(0, 27);
}

/** One thread, for taking in a discussion and nothing else. */
function openThread({ base, messageId }: { base: string; messageId: string }): Inbox {
  const list = new Archive(base);
  return {
    name: `${base}${escaped(messageId)}/`,
    async *read() {
      for await (const { raw } of splitStream(one(await fetchThread(base, messageId))))
        if (raw !== undefined) yield { kind: 'mail', place: placeOf(raw), raw, cursor: null };
    },
    find: (id) => list.find(id),
    wait: (signal) => pause(pollMs, signal),
    close: async () => {},
  };
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** A list, or one thread of it, that public-inbox serves over HTTP. */
export function openArchive(address: string): Inbox {
  const thread = threadAddress(address);
  return thread === undefined ? new Archive(withSlash(address)) : openThread(thread);
}
