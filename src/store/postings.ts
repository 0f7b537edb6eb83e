import type { Database } from './database.js';
import { unpack } from './pack.js';
import { proposalTables } from './proposal-tables.js';
import { reviewTables } from './review-tables.js';

export interface Posting {
  /** What its mails have in common. */
  series: string;
  /** When its last mail came, by our clock; ms since 1970. */
  arrivedMs: number;
}

/** Bounds on what is read together to understand one posting. */
const poolLimit = { mails: 300, others: 100, bytes: 16_000_000 } as const;

interface Row {
  bytes: Buffer;
  packed: number;
  size: number;
}

/** Which mails belong together, and when they are to be looked at. */
export class Postings {
  constructor(private readonly database: Database) {
    const tables = `${reviewTables};${proposalTables}`;
    for (const statement of tables.split(';')) if (statement.trim() !== '') database.run(statement);
  }

  /** Notices mails that came since the last time: their postings are due after `settleMs`. Answers how many. */
  notice(nowMs: number, settleMs: number): number {
    return this.database.atOnce(() => {
      const last = this.database.row<{ id: number | null }>('SELECT max(id) AS id FROM copy')?.id ?? 0;
      const before =
        this.database.row<{ value: number }>("SELECT value FROM mark WHERE name = 'copy'")?.value ?? 0;
      if (last <= before) return 0;
      this.hear(nowMs, before);
      this.database.run(
        `INSERT INTO posting (series, arrivedMs, dueMs)
         SELECT DISTINCT message.series, ?, ? FROM copy JOIN message ON message.id = copy.message
         WHERE copy.id > ? AND message.series IS NOT NULL
         ON CONFLICT DO UPDATE SET arrivedMs = excluded.arrivedMs, dueMs = excluded.dueMs`,
        nowMs,
        nowMs + settleMs,
        before,
      );
      this.database.run(
        "INSERT INTO mark (name, value) VALUES ('copy', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        last,
      );
      return last - before;
    });
  }

  /** Remembers which sources and lists brought the mails that are new. */
  private hear(nowMs: number, before: number): void {
    this.database.run(
      `INSERT INTO heard (kind, name, atMs) SELECT DISTINCT 'list', list.list, ? FROM copy
       JOIN list ON list.message = copy.message WHERE copy.id > ?
       ON CONFLICT DO UPDATE SET atMs = excluded.atMs`,
      nowMs,
      before,
    );
    this.database.run(
      `INSERT INTO heard (kind, name, atMs) SELECT DISTINCT 'source', source.name, ? FROM copy
       JOIN place ON place.copy = copy.id JOIN source ON source.id = place.source WHERE copy.id > ?
       ON CONFLICT DO UPDATE SET atMs = excluded.atMs`,
      nowMs,
      before,
    );
  }

  /** When each source and each list last brought a mail that was new; ms since 1970. */
  heard(kind: 'source' | 'list'): { name: string; atMs: number }[] {
    return this.database.rows('SELECT name, atMs FROM heard WHERE kind = ? ORDER BY name', kind);
  }

  /** Names of the sources that hold a posting. */
  sourcesOf(series: string): string[] {
    const rows = this.database.rows<{ name: string }>(
      `SELECT DISTINCT source.name AS name FROM message JOIN copy ON copy.message = message.id
       JOIN place ON place.copy = copy.id JOIN source ON source.id = place.source
       WHERE message.series = ? ORDER BY source.name`,
      series,
    );
    return rows.map(({ name }) => name);
  }

  /**
   * Postings whose time has come; what came last goes first, so that an archive of twenty years keeps nobody
   * waiting who posts today. One that came later than now is due: the clock was set back since.
   */
  due(nowMs: number, most: number): Posting[] {
    return this.database.rows<Posting>(
      `SELECT series, arrivedMs FROM posting WHERE dueMs <= ? OR (dueMs IS NOT NULL AND arrivedMs > ?)
       ORDER BY arrivedMs DESC, series LIMIT ?`,
      nowMs,
      nowMs,
      most,
    );
  }

  /** Looks at a posting again, then. One that came later than now came now: it would be due all the time. */
  postpone(series: string, dueMs: number, nowMs: number): void {
    this.database.run(
      'UPDATE posting SET dueMs = ?, arrivedMs = min(arrivedMs, ?) WHERE series = ?',
      dueMs,
      nowMs,
      series,
    );
  }

  /** Nothing is left to do for a posting until another mail of it comes; `review` is what it became, if anything. */
  settle(series: string, review: string | null): void {
    this.database.run('UPDATE posting SET dueMs = NULL, review = ? WHERE series = ?', review, series);
  }

  /** The time at which something is due next; undefined when nothing is. */
  nextDueMs(): number | undefined {
    return (
      this.database.row<{ due: number | null }>('SELECT min(dueMs) AS due FROM posting')?.due ?? undefined
    );
  }

  /**
   * The mails of a posting, and with them what the same people posted about then: without a common thread, and for the
   * version before, the sender is what holds mails together. The posting's own mails come first.
   */
  pool(series: string): Buffer[] {
    const own = this.database.rows<Row>(
      `SELECT copy.bytes AS bytes, copy.packed AS packed, copy.size AS size
       FROM copy JOIN message ON message.id = copy.message WHERE message.series = ? ORDER BY copy.id LIMIT ?`,
      series,
      poolLimit.mails,
    );
    const others = this.database.rows<Row>(
      `SELECT copy.bytes AS bytes, copy.packed AS packed, copy.size AS size
       FROM copy JOIN message ON message.id = copy.message
       WHERE message.kind IN ('patch', 'cover') AND message.series <> ?
         AND message.sender IN (SELECT sender FROM message WHERE series = ?)
       ORDER BY abs(message.id - (SELECT max(id) FROM message WHERE series = ?)) LIMIT ?`,
      series,
      series,
      series,
      poolLimit.others,
    );
    return within([...own, ...others]);
  }

  /** Message-IDs of the mails of a posting. */
  idsOf(series: string): string[] {
    const rows = this.database.rows<{ messageId: string }>(
      'SELECT messageId FROM name JOIN message ON message.id = name.message WHERE message.series = ? ORDER BY message.id',
      series,
    );
    return rows.map(({ messageId }) => messageId);
  }

  /** Whether a mail with this Message-ID ever came. */
  knows(messageId: string): boolean {
    return this.database.row('SELECT 1 AS found FROM name WHERE messageId = ?', messageId) !== undefined;
  }

  /** What the patch under a Message-ID does, by name; null when there is none or nothing can be read from it. */
  essenceOf(messageId: string): string | null {
    const row = this.database.row<{ essence: string | null }>(
      'SELECT essence FROM message JOIN name ON name.message = message.id WHERE name.messageId = ? ORDER BY message.id LIMIT 1',
      messageId,
    );
    return row?.essence ?? null;
  }
}

function within(rows: Row[]): Buffer[] {
  const kept: Buffer[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.size;
    if (kept.length >= poolLimit.mails || bytes > poolLimit.bytes) break;
    kept.push(unpack(row.bytes, row.packed === 1));
  }
  return kept;
}
