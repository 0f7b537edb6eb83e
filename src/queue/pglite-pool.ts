import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';

interface Answer {
  rows: Record<string, unknown>[];
  rowCount: number;
}

/** One after the other: who comes while somebody is in waits for their turn. */
class Turnstile {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with what ends it. */
  async enter(): Promise<() => void> {
    const before = this.tail;
    let leave: () => void = () => {};
    this.tail = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    return leave;
  }
}

async function ask(database: PGlite, text: string, values: readonly unknown[] | undefined): Promise<Answer> {
  if (values !== undefined && values.length > 0) {
    const result = await database.query<Record<string, unknown>>(text, [...values]);
    return { rows: result.rows, rowCount: result.affectedRows || result.rows.length };
  }
  // Scripts of several statements have no values; the last one answers.
  const last = (await database.exec(text)).at(-1);
  const rows = (last?.rows ?? []) as Record<string, unknown>[];
  return { rows, rowCount: last?.affectedRows ?? rows.length };
}

const listening = /^(LISTEN|UNLISTEN)\s+"?([\w*]+)"?/i;
const beginning = /^(BEGIN|START TRANSACTION)\b/i;
const ending = /^(COMMIT|ROLLBACK)\b/i;

function withoutComments(text: string): string {
  return text.replace(/^\s*--.*$/gm, '').trim();
}

/**
 * What BullMQ takes for a connection. PGlite has one session: a client that begins a transaction has it for
 * itself until the end of it.
 */
class PoolClient extends EventEmitter {
  private leave: (() => void) | undefined;
  private readonly channels = new Map<string, () => Promise<void>>();

  constructor(
    private readonly database: PGlite,
    private readonly turnstile: Turnstile,
  ) {
    super();
    this.setMaxListeners(0);
  }

  async query(text: string, values?: readonly unknown[]): Promise<Answer> {
    const plain = withoutComments(text);
    const listen = listening.exec(plain);
    if (listen) return this.listenTo(listen[1]!.toUpperCase() === 'LISTEN', listen[2]!);
    if (beginning.test(plain) && this.leave === undefined) this.leave = await this.turnstile.enter();
    if (this.leave === undefined) return alone(this.database, this.turnstile, text, values);
    try {
      return await ask(this.database, text, values);
    } finally {
      if (ending.test(plain)) this.leaveTurn();
    }
  }

  private async listenTo(wanted: boolean, channel: string): Promise<Answer> {
    if (!wanted) await this.silence(channel);
    else if (!this.channels.has(channel)) {
      const notify = (payload: string) => this.emit('notification', { channel, payload });
      this.channels.set(channel, await this.database.listen(channel, notify));
    }
    return { rows: [], rowCount: 0 };
  }

  private async silence(channel: string): Promise<void> {
    const end = this.channels.get(channel);
    this.channels.delete(channel);
    await end?.();
  }

  private leaveTurn(): void {
    this.leave?.();
    this.leave = undefined;
  }

  release(): void {
    for (const channel of [...this.channels.keys()]) void this.silence(channel).catch(() => {});
    this.leaveTurn();
  }
}

async function alone(
  database: PGlite,
  turnstile: Turnstile,
  text: string,
  values: readonly unknown[] | undefined,
): Promise<Answer> {
  const leave = await turnstile.enter();
  try {
    return await ask(database, text, values);
  } finally {
    leave();
  }
}

/** PGlite in the shape of a `pg.Pool`, as far as BullMQ uses one. */
export class PglitePool extends EventEmitter {
  /** BullMQ waits long for news only from a connection whose loss it would notice; this one cannot be lost. */
  readonly options = { keepAlive: true };
  private readonly turnstile = new Turnstile();

  constructor(private readonly database: PGlite) {
    super();
    this.setMaxListeners(0);
  }

  query(text: string, values?: readonly unknown[]): Promise<Answer> {
    return alone(this.database, this.turnstile, text, values);
  }

  async connect(): Promise<PoolClient> {
    const client = new PoolClient(this.database, this.turnstile);
    this.emit('connect', client);
    return client;
  }

  async end(): Promise<void> {}
}
