import { ImapFlow } from 'imapflow';
import { type Account, isLoopback } from './address.js';
import { doneUpTo, Gaps } from './gap.js';
import { type Arrival, type Cursor, type Inbox, mailLimit, whyTooLarge } from './inbox.js';
import { withPlainLineEnds } from './line-end.js';
import { SourceFailure } from './source-failure.js';

/** The whole mail. public-inbox never answers when it is asked for a part of one. */
const content = { uid: true, source: true } as const;
/** Mails that one FETCH asks for. */
const ahead = 100;
/** A router may forget a silent connection; IDLE is begun again before it does. */
const idleMs = 9 * 60_000;

interface Progress {
  uidValidity: string;
  /** The last UID that was asked for. */
  uid: number;
  gaps: Gaps;
}

function asProgress(cursor: Cursor | undefined): Progress {
  const { uidValidity, uid, missing } = (cursor ?? {}) as { [key: string]: Cursor };
  return {
    uidValidity: typeof uidValidity === 'string' ? uidValidity : '',
    uid: typeof uid === 'number' ? uid : 0,
    gaps: Gaps.from(missing),
  };
}

function asCursor({ uidValidity, uid, gaps }: Progress): Cursor {
  return { uidValidity, uid, missing: gaps.toCursor() };
}

/** What imapflow throws, told apart: a refusal is not tried again, everything else may be a lost connection. */
function failureOf(error: unknown, name: string): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const { authenticationFailed, mailboxMissing, responseText, responseStatus, code, message } =
    error as Error & {
      [key: string]: string | boolean | undefined;
    };
  const says = String(responseText ?? code ?? message)
    .replace(/\s+/g, ' ')
    .slice(0, 200);
  if (authenticationFailed === true)
    return new SourceFailure('refused', `${name}: wrong user or password (${says})`, { cause: error });
  if (mailboxMissing === true || responseStatus === 'NO')
    return new SourceFailure('refused', `${name}: ${says}`, { cause: error });
  return new SourceFailure('lost', `${name}: ${says}`, { cause: error });
}

/** When a connection breaks, imapflow drops mails that came and hands out later ones: the last is no measure. */
function advance(progress: Progress, uids: number[], open: ReadonlySet<number>): Progress {
  progress.uid = doneUpTo(progress.uid, uids, open);
  return progress;
}

class Imap implements Inbox {
  readonly name: string;
  /** Something arrived since the last reading began. */
  private news = false;
  private wake: () => void = () => {};

  constructor(
    private readonly client: ImapFlow,
    { name }: Account,
  ) {
    this.name = name;
    client.on('exists', () => {
      this.news = true;
      this.wake();
    });
    client.on('close', () => this.wake());
  }

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    try {
      this.news = false;
      // A server need not look for new mail before it is asked whether there is any.
      await this.client.noop();
      yield* this.behind(asProgress(cursor));
    } catch (error) {
      throw failureOf(error, this.name);
    }
  }

  private async *behind(known: Progress): AsyncGenerator<Arrival> {
    const uidValidity = String(this.mailbox().uidValidity);
    let progress = known;
    if (known.uidValidity !== uidValidity) {
      progress = { ...asProgress(undefined), uidValidity };
      // The server numbers the folder anew. Mails that were read before are known again by their bytes.
      if (known.uidValidity !== '') yield { kind: 'renumbered', prefix: '', cursor: asCursor(progress) };
    }
    yield* this.fetch(progress, progress.gaps.open);
    const found = await this.client.search({ uid: `${progress.uid + 1}:*` }, { uid: true });
    if (!Array.isArray(found)) throw new SourceFailure('lost', `${this.name}: the folder cannot be searched`);
    // A range up to * always names the last mail, however old it is.
    const uids = found.filter((uid) => uid > progress.uid).sort((a, b) => a - b);
    for (let at = 0; at < uids.length; at += ahead) yield* this.fetch(progress, uids.slice(at, at + ahead));
  }

  private async *fetch(progress: Progress, uids: number[]): AsyncGenerator<Arrival> {
    if (uids.length === 0) return;
    const open = new Set(uids);
    // A mail that is too large is not asked for at all: the connection would not survive it.
    const sizes = await this.client.fetchAll(uids.join(','), { uid: true, size: true }, { uid: true });
    for (const { uid, size } of sizes.filter((mail) => mail.size! > mailLimit)) {
      open.delete(uid);
      const cursor = asCursor(advance(progress, uids, open));
      yield { kind: 'unread', place: String(uid), why: whyTooLarge(size!), cursor };
    }
    for await (const { uid, source } of this.client.fetch([...open].join(','), content, { uid: true })) {
      if (source === undefined || !open.delete(uid)) continue;
      progress.gaps.filled(uid);
      const cursor = asCursor(advance(progress, uids, open));
      yield { kind: 'mail', place: String(uid), raw: withPlainLineEnds(source), cursor };
    }
    // The server named them and did not hand them out: they are asked for again, or were deleted meanwhile.
    for (const uid of open) {
      open.delete(uid);
      progress.gaps.missed(uid);
      const why = `the server did not hand out UID ${uid}`;
      yield { kind: 'unread', place: String(uid), why, cursor: asCursor(advance(progress, uids, open)) };
    }
  }

  private mailbox() {
    const { mailbox } = this.client;
    if (mailbox === false || !this.client.usable)
      throw new SourceFailure('lost', `${this.name}: the connection was closed`);
    return mailbox;
  }

  async wait(signal: AbortSignal): Promise<void> {
    this.mailbox();
    if (this.news || signal.aborted) return;
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    const { wake } = this;
    signal.addEventListener('abort', wake, { once: true });
    // It ends by itself with the next command, and a lost connection shows there.
    const idle = this.client.idle().catch(() => undefined);
    await Promise.race([woken, idle]);
    // The signal outlives thousands of waits.
    signal.removeEventListener('abort', wake);
    if (!signal.aborted) this.mailbox();
  }

  async find(messageId: string): Promise<Buffer[]> {
    if (!/^[!-~]{1,500}$/.test(messageId)) return [];
    try {
      const query = { header: { 'message-id': `<${messageId}>` } };
      const uids = await this.client.search(query, { uid: true });
      const found: Buffer[] = [];
      for (const uid of Array.isArray(uids) ? uids.slice(0, 10) : []) {
        const mail = await this.client.fetchOne(String(uid), content, { uid: true });
        if (mail !== false && mail?.source !== undefined) found.push(withPlainLineEnds(mail.source));
      }
      return found;
    } catch (error) {
      throw failureOf(error, this.name);
    }
  }

  async close(): Promise<void> {
    this.client.close();
  }
}

/** A folder on an IMAP server, opened for reading only: nothing is marked as seen. */
export async function openImap(account: Account): Promise<Inbox> {
  const { host, port, secure, name } = account;
  const client = new ImapFlow({
    host,
    port,
    secure,
    // Without encryption everybody on the way reads the password.
    ...(secure || isLoopback(host) ? {} : { doSTARTTLS: true }),
    auth: { user: account.user ?? 'anonymous', pass: account.password ?? 'anonymous' },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: idleMs,
    connectionTimeout: 30_000,
    socketTimeout: 120_000,
    maxLineLength: mailLimit,
    maxLiteralSize: mailLimit + 1024,
    maxResponseSize: 2 * mailLimit,
  });
  // Without a listener a lost connection ends the process; what was lost shows at the next command.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.mailboxOpen(account.folder === '' ? 'INBOX' : account.folder, { readOnly: true });
  } catch (error) {
    client.close();
    throw failureOf(error, name);
  }
  return new Imap(client, account);
}
