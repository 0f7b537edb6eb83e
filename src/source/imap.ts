import { ImapFlow } from 'imapflow';
import { type Account, isLoopback } from './address.js';
import { Gaps } from './gap.js';
import { type Arrival, type Cursor, type Inbox, mailLimit } from './inbox.js';
import { withPlainLineEnds } from './line-end.js';
import { SourceFailure } from './source-failure.js';

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
    const missing = new Set(uids);
    const query = { uid: true, size: true, source: { start: 0, maxLength: mailLimit } };
    for await (const { uid, size, source } of this.client.fetch(uids.join(','), query, { uid: true })) {
      if (!missing.delete(uid) || source === undefined) continue;
      progress.gaps.filled(uid);
      progress.uid = Math.max(progress.uid, uid);
      const [place, cursor] = [String(uid), asCursor(progress)];
      if ((size ?? 0) > mailLimit) yield { kind: 'unread', place, why: `it has ${size} bytes`, cursor };
      else yield { kind: 'mail', place, raw: withPlainLineEnds(source), cursor };
    }
    // The server named them and did not hand them out: they are asked for again, or were deleted meanwhile.
    for (const uid of missing) {
      progress.gaps.missed(uid);
      progress.uid = Math.max(progress.uid, uid);
      const why = `the server did not hand out UID ${uid}`;
      yield { kind: 'unread', place: String(uid), why, cursor: asCursor(progress) };
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
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    // It ends by itself with the next command, and a lost connection shows there.
    const idle = this.client.idle().catch(() => undefined);
    await Promise.race([woken, idle]);
    if (!signal.aborted) this.mailbox();
  }

  async find(messageId: string): Promise<Buffer[]> {
    if (!/^[!-~]{1,500}$/.test(messageId)) return [];
    try {
      const query = { header: { 'message-id': `<${messageId}>` } };
      const uids = await this.client.search(query, { uid: true });
      const found: Buffer[] = [];
      for (const uid of Array.isArray(uids) ? uids.slice(0, 10) : []) {
        const mail = await this.client.fetchOne(
          String(uid),
          { source: { start: 0, maxLength: mailLimit } },
          { uid: true },
        );
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
