import { type Account, isLoopback } from './address.js';
import { doneUpTo, Gaps } from './gap.js';
import { type Arrival, type Cursor, type Inbox, mailLimit, pause } from './inbox.js';
import { NntpConnection } from './nntp-connection.js';
import { asFailure, SourceFailure } from './source-failure.js';

const pollMs = 30_000;
/** Articles that are asked for ahead of their answers. */
const ahead = 64;
/** A server that counts further than it has articles is not followed for ever. */
const mostMissingInARow = 10_000;

interface Progress {
  /** The last article that was asked for. */
  article: number;
  gaps: Gaps;
}

function asProgress(cursor: Cursor | undefined): Progress {
  const { article, missing } = (cursor ?? {}) as { article?: Cursor; missing?: Cursor };
  return { article: typeof article === 'number' ? article : 0, gaps: Gaps.from(missing) };
}

function asCursor({ article, gaps }: Progress): Cursor {
  return { article, missing: gaps.toCursor() };
}

type Told = { place: string } & ({ kind: 'mail'; raw: Buffer } | { kind: 'unread'; why: string });

/** Whether it can stand in a command: printable and short, as RFC 3977 says. */
function isAskable(messageId: string): boolean {
  return /^[!-=?-~]{1,248}$/.test(messageId);
}

async function authenticate(connection: NntpConnection, { user, password }: Account): Promise<void> {
  if (user === undefined) return;
  connection.send(`AUTHINFO USER ${user}`);
  let reply = await connection.reply();
  if (reply.code === 381) {
    connection.send(`AUTHINFO PASS ${password ?? ''}`);
    reply = await connection.reply();
  }
  if (reply.code !== 281)
    throw new SourceFailure('refused', `the server does not accept the password of ${user}`);
}

class Nntp implements Inbox {
  readonly name: string;
  /** Articles in a row that were not there. */
  private missing = 0;

  constructor(
    private readonly connection: NntpConnection,
    private readonly account: Account,
  ) {
    this.name = account.name;
  }

  private async group(): Promise<{ low: number; high: number }> {
    this.connection.send(`GROUP ${this.account.folder}`);
    const reply = await this.connection.reply();
    const match = /^(\d{1,15}) (\d{1,15}) (\d{1,15})/.exec(reply.text);
    if (reply.code !== 211 || !match) throw this.connection.unexpected(reply);
    const [count, low, high] = [match[1], match[2], match[3]].map(Number) as [number, number, number];
    return count === 0 ? { low: 1, high: 0 } : { low, high };
  }

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    let progress = asProgress(cursor);
    try {
      const { low, high } = await this.group();
      if (high < progress.article && high > 0) {
        progress = asProgress(undefined);
        yield { kind: 'renumbered', prefix: '', cursor: asCursor(progress) };
      }
      yield* this.articles(progress, progress.gaps.open);
      const first = Math.max(low, progress.article + 1);
      for (let from = first; from <= high; from += ahead) {
        const length = Math.min(ahead, high - from + 1);
        yield* this.articles(
          progress,
          Array.from({ length }, (_, index) => from + index),
        );
      }
    } catch (error) {
      throw asFailure(error, this.name);
    }
  }

  private async *articles(progress: Progress, numbers: number[]): AsyncGenerator<Arrival> {
    for (let at = 0; at < numbers.length; at += ahead) {
      const asked = numbers.slice(at, at + ahead);
      const open = new Set(asked);
      this.connection.send(...asked.map((number) => `ARTICLE ${number}`));
      for (let answers = 0; answers < asked.length; answers++) {
        const told = await this.article(open);
        if (told === undefined) continue;
        progress.gaps.filled(Number(told.place));
        progress.article = doneUpTo(progress.article, asked, open);
        yield { ...told, cursor: asCursor(progress) };
      }
      yield* this.absent(progress, asked, open);
    }
  }

  /** The next answer. public-inbox overtakes itself where an article is missing: the answer says its number. */
  private async article(open: Set<number>): Promise<Told | undefined> {
    const reply = await this.connection.reply();
    if (reply.code >= 420 && reply.code <= 430) return undefined;
    const number = Number(/^(\d{1,15}) /.exec(reply.text)?.[1]);
    if (reply.code !== 220 || !open.delete(number)) throw this.connection.unexpected(reply);
    const raw = await this.connection.text(mailLimit);
    const place = String(number);
    return raw === undefined
      ? { kind: 'unread', place, why: `it has more than ${mailLimit} bytes` }
      : { kind: 'mail', place, raw };
  }

  /** What was asked for and never came. */
  private async *absent(progress: Progress, asked: number[], open: Set<number>): AsyncGenerator<Arrival> {
    this.missing = open.size === asked.length ? this.missing + open.size : 0;
    if (this.missing > mostMissingInARow)
      throw new SourceFailure('damaged', `${this.name}: ${this.missing} articles in a row are missing`);
    for (const number of [...open]) {
      open.delete(number);
      progress.gaps.missed(number);
      progress.article = doneUpTo(progress.article, asked, open);
      const why = `the server has no article ${number}`;
      yield { kind: 'unread', place: String(number), why, cursor: asCursor(progress) };
    }
  }

  async find(messageId: string): Promise<Buffer[]> {
    if (!isAskable(messageId)) return [];
    this.connection.send(`ARTICLE <${messageId}>`);
    const reply = await this.connection.reply();
    if (reply.code !== 220) return [];
    const raw = await this.connection.text(mailLimit);
    return raw === undefined ? [] : [raw];
  }

  wait(signal: AbortSignal): Promise<void> {
    return pause(pollMs, signal);
  }

  async close(): Promise<void> {
    this.connection.close();
  }
}

/** A newsgroup, as public-inbox and news servers hand it out. */
export async function openNntp(account: Account): Promise<Inbox> {
  if (!/^[!-~]{1,200}$/.test(account.folder))
    throw new SourceFailure('refused', `${account.name}: the address names no newsgroup`);
  if (account.user !== undefined && !account.secure && !isLoopback(account.host))
    throw new SourceFailure('refused', `${account.name}: a password is sent over nntps only`);
  const connection = await NntpConnection.open(account);
  try {
    await authenticate(connection, account);
  } catch (error) {
    connection.close();
    throw error;
  }
  return new Nntp(connection, account);
}
