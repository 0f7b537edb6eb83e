import { createHash } from 'node:crypto';
import type { Tally } from '../finding/intake.js';
import type { Arrival, Cursor } from '../source/inbox.js';
import { type Database, openDatabase } from './database.js';
import type { Facts } from './facts.js';
import { unpack } from './pack.js';
import { layout } from './schema.js';
import { tally } from './tally.js';
import { Writer } from './write.js';

/** A mail whose bytes are new to the store, with what was read from it. */
export interface NewMail {
  facts: Facts;
  packed: boolean;
  /** Bytes of the mail before it was packed. */
  size: number;
  bytes: Buffer;
}

/** An arrival, and for bytes that the store does not have yet what goes beside them. */
export interface Entry {
  arrival: Arrival;
  digest: Buffer | undefined;
  fresh: NewMail | undefined;
}

/** A source is asked this many times for a mail that it does not have. */
const mostSought = 3;

/** Up from a mail to where its thread begins, and down from there. Mails can answer each other in a circle. */
const threadOf = `
WITH RECURSIVE
above (message, parent, depth) AS (
  SELECT message.id, message.parent, 0 FROM name JOIN message ON message.id = name.message WHERE name.messageId = ?
  UNION
  SELECT message.id, message.parent, depth + 1 FROM above
    JOIN name ON name.messageId = above.parent JOIN message ON message.id = name.message WHERE depth < 200),
first AS (SELECT message, parent FROM above ORDER BY depth DESC LIMIT 1),
below (message) AS (
  SELECT message FROM first
  UNION SELECT message.id FROM first JOIN message ON message.parent = first.parent
  UNION SELECT message.id FROM below JOIN name ON name.message = below.message
    JOIN message ON message.parent = name.messageId)
SELECT bytes, packed FROM copy WHERE message IN (SELECT message FROM below) ORDER BY id LIMIT ?`;

/** The bytes of a mail by name. */
export function digestOf(raw: Buffer): Buffer {
  return createHash('sha256').update(raw).digest().subarray(0, 20);
}

/** Every mail that was ever seen, and how far each source was read. The system of record. */
export class Store {
  constructor(private readonly database: Database) {}

  /** How far a source was read; undefined for a source that was never read. */
  cursorOf(source: string): Cursor | undefined {
    const row = this.database.row<{ cursor: string | null }>(
      'SELECT cursor FROM source WHERE name = ?',
      source,
    );
    return row?.cursor == null ? undefined : (JSON.parse(row.cursor) as Cursor);
  }

  /** Whether these bytes are kept already. */
  has(digest: Buffer): boolean {
    return this.database.row('SELECT 1 AS found FROM copy WHERE digest = ?', digest) !== undefined;
  }

  /** Takes a batch in, and the cursor behind it: all of it or, if the process ends before, nothing. */
  commit(source: string, entries: Entry[], cursor: Cursor): void {
    this.database.atOnce(() => {
      const writer = new Writer(this.database, source);
      for (const entry of entries) writer.take(entry);
      writer.finish(cursor);
    });
  }

  /**
   * The mails of the thread that a Message-ID belongs to, oldest first, with all copies of each. A thread whose
   * first mail never came is what answers that mail.
   */
  thread(messageId: string, most: number): Buffer[] {
    const rows = this.database.rows<{ bytes: Buffer; packed: number }>(threadOf, messageId, most);
    return rows.map((row) => unpack(row.bytes, row.packed === 1));
  }

  /** The lists that copies of a mail came through, by name. */
  listsOf(messageId: string): string[] {
    const rows = this.database.rows<{ list: string }>(
      'SELECT DISTINCT list FROM list WHERE message IN (SELECT message FROM name WHERE messageId = ?) ORDER BY list',
      messageId,
    );
    return rows.map((row) => row.list);
  }

  /** The mails with a Message-ID, the first that came first. */
  find(messageId: string): Buffer[] {
    const rows = this.database.rows<{ bytes: Buffer; packed: number }>(
      `SELECT bytes, packed FROM copy
       WHERE id IN (SELECT min(id) FROM copy WHERE message IN (SELECT message FROM name WHERE messageId = ?) GROUP BY message)
       ORDER BY id`,
      messageId,
    );
    return rows.map((row) => unpack(row.bytes, row.packed === 1));
  }

  /** Message-IDs that mails of a source answer and that never came, the newest first. */
  missingParents(source: string, most: number): string[] {
    const rows = this.database.rows<{ parent: string }>(
      `SELECT DISTINCT message.parent AS parent FROM place
       JOIN source ON source.id = place.source AND source.name = ?
       JOIN copy ON copy.id = place.copy JOIN message ON message.id = copy.message
       LEFT JOIN sought ON sought.messageId = message.parent AND sought.source = source.id
       WHERE message.parent IS NOT NULL AND coalesce(sought.times, 0) < ?
         AND NOT EXISTS (SELECT 1 FROM name WHERE name.messageId = message.parent)
       ORDER BY message.id DESC LIMIT ?`,
      source,
      mostSought,
      most,
    );
    return rows.map((row) => row.parent);
  }

  /** Remembers that a source was asked for mails, so that it is not asked for ever. */
  sought(source: string, ids: string[]): void {
    this.database.atOnce(() => {
      for (const id of ids)
        this.database.run(
          `INSERT INTO sought (messageId, source, times) SELECT ?, id, 1 FROM source WHERE name = ?
           ON CONFLICT DO UPDATE SET times = times + 1`,
          id,
          source,
        );
    });
  }

  tally(): Tally {
    return tally(this.database);
  }

  close(): void {
    this.database.close();
  }
}

/** Opens a store or makes one. Throws an `Error` whose message says in one line what is wrong. */
export function openStore(file: string): Store {
  return new Store(openDatabase(file, layout));
}
