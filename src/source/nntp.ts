import { type Account, isLoopback } from './address.js';
import { Gaps } from './gap.js';
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
    let missing = 0;
    for (let at = 0; at < numbers.length; at += ahead) {
      const asked = numbers.slice(at, at + ahead);
      this.connection.send(...asked.map((number) => `ARTICLE ${number}`));
      for (const number of asked) {
        const told = await this.article(number, progress);
        missing = told.kind === 'unread' ? missing + 1 : 0;
        yield { ...told, cursor: asCursor(progress) } as Arrival;
      }
      if (missing > mostMissingInARow)
        throw new SourceFailure('damaged', `${this.name}: ${missing} articles in a row are missing`);
    }
  }

  /** The answer to one question; `progress` stands behind it then. */
  private async article(number: number, progress: Progress) {
    const place = String(number);
    const reply = await this.connection.reply();
    progress.article = Math.max(progress.article, number);
    if (reply.code !== 220) {
      if (reply.code < 420 || reply.code > 430) throw this.connection.unexpected(reply);
      progress.gaps.missed(number);
      return { kind: 'unread', place, why: `the server has no article ${number}` } as const;
    }
    progress.gaps.filled(number);
    const raw = await this.connection.text(mailLimit);
    if (raw !== undefined) return { kind: 'mail', place, raw } as const;
    return { kind: 'unread', place, why: `it has more than ${mailLimit} bytes` } as const;
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
