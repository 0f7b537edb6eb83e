import type { Cursor } from '../source/inbox.js';
import type { Database } from './database.js';
import type { Facts } from './facts.js';
import type { Entry, NewMail } from './store.js';

/** The columns of a message that say what it is. */
function valuesOf(facts: Facts): (string | null)[] {
  const { subject, from, date, kind, parent, series, malformed, notKernel, touched, essence } = facts;
  const files = touched.length === 0 ? null : touched.join('\n');
  return [subject, from, date, kind, parent, series, malformed, notKernel, files, essence];
}

/** Puts the arrivals of one source into the tables. Lives for one transaction. */
export class Writer {
  private readonly source: number;

  constructor(
    private readonly database: Database,
    name: string,
  ) {
    database.run('INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING', name);
    this.source = database.row<{ id: number }>('SELECT id FROM source WHERE name = ?', name)!.id;
  }

  take({ arrival, digest, fresh }: Entry): void {
    if (arrival.kind === 'renumbered') this.forgetPlaces(arrival.prefix);
    else if (arrival.kind === 'unread') this.setPlace(arrival.place, null, arrival.why);
    else if (arrival.kind === 'withdrawn') this.withdraw(arrival.place, digest!);
    else this.setPlace(arrival.place, this.copyOf(digest!, fresh), null);
  }

  finish(cursor: Cursor): void {
    this.database.run('UPDATE source SET cursor = ? WHERE id = ?', JSON.stringify(cursor), this.source);
  }

  private setPlace(place: string, copy: number | null, why: string | null): void {
    this.database.run(
      `INSERT INTO place (source, place, copy, why) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET copy = excluded.copy, why = excluded.why`,
      this.source,
      place,
      copy,
      why,
    );
  }

  /** The copy with these bytes. The same bytes may come twice in one batch, so it is asked for again. */
  private copyOf(digest: Buffer, fresh: NewMail | undefined): number {
    const known = this.database.row<{ id: number }>('SELECT id FROM copy WHERE digest = ?', digest);
    if (known !== undefined) return known.id;
    if (fresh === undefined) throw new Error('a mail that the store was said to have is gone');
    const { facts, packed, bytes, size } = fresh;
    const message = this.messageOf(facts);
    return this.database.insert(
      'INSERT INTO copy (message, digest, size, packed, bytes) VALUES (?, ?, ?, ?, ?)',
      message,
      digest,
      size,
      packed ? 1 : 0,
      bytes,
    );
  }

  /** The message that a mail is a copy of, by any of its Message-IDs; a new one when there is none. */
  private messageOf(facts: Facts): number {
    const known = this.known(facts);
    const message = known?.id ?? this.insertMessage(facts);
    // A copy whose patch an archive destroyed tells less than the next one.
    if (known !== undefined && known.essence === null && facts.essence !== null)
      this.describe(message, facts);
    for (const id of facts.ids)
      this.database.run(
        'INSERT INTO name (messageId, message) VALUES (?, ?) ON CONFLICT DO NOTHING',
        id,
        message,
      );
    for (const list of facts.lists)
      this.database.run(
        'INSERT INTO list (message, list) VALUES (?, ?) ON CONFLICT DO NOTHING',
        message,
        list,
      );
    return message;
  }

  /** A Message-ID can be used twice, by mistake or by malice: another patch under it is another message. */
  private known(facts: Facts): { id: number; essence: string | null } | undefined {
    for (const id of facts.ids) {
      const row = this.database.row<{ id: number; essence: string | null }>(
        `SELECT message.id AS id, message.essence AS essence FROM name JOIN message ON message.id = name.message
         WHERE name.messageId = ? AND coalesce(message.essence = ?, 1) ORDER BY message.id LIMIT 1`,
        id,
        facts.essence,
      );
      if (row !== undefined) return row;
    }
    return undefined;
  }

  private insertMessage(facts: Facts): number {
    return this.database.insert(
      `INSERT INTO message (subject, sender, date, kind, parent, series, malformed, notKernel, touched, essence)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...valuesOf(facts),
    );
  }

  private describe(message: number, facts: Facts): void {
    this.database.run(
      `UPDATE message SET subject = ?, sender = ?, date = ?, kind = ?, parent = ?, series = ?, malformed = ?,
         notKernel = ?, touched = ?, essence = ? WHERE id = ?`,
      ...valuesOf(facts),
      message,
    );
  }

  /** Bytes that no source holds any more are dropped: an archive withdraws what should not have been public. */
  private withdraw(place: string, digest: Buffer): void {
    this.setPlace(place, null, 'withdrawal');
    const copy = this.database.row<{ id: number; message: number }>(
      'SELECT id, message FROM copy WHERE digest = ?',
      digest,
    );
    if (copy === undefined) return;
    const why = 'withdrawn';
    this.database.run(
      'UPDATE place SET copy = NULL, why = ? WHERE source = ? AND copy = ?',
      why,
      this.source,
      copy.id,
    );
    this.dropUnheld(copy);
  }

  private dropUnheld({ id, message }: { id: number; message: number }): void {
    if (this.database.row('SELECT 1 AS found FROM place WHERE copy = ? LIMIT 1', id) !== undefined) return;
    this.database.run('DELETE FROM copy WHERE id = ?', id);
    this.stepBack(id);
    if (this.database.row('SELECT 1 AS found FROM copy WHERE message = ? LIMIT 1', message) !== undefined)
      return;
    for (const sql of [
      'DELETE FROM message WHERE id = ?',
      'DELETE FROM name WHERE message = ?',
      'DELETE FROM list WHERE message = ?',
    ])
      this.database.run(sql, message);
  }

  /** The number of the last copy is given to the next one: who has read up to it has not read that. */
  private stepBack(id: number): void {
    const last = this.database.row<{ id: number | null }>('SELECT max(id) AS id FROM copy')?.id ?? 0;
    // A store that no daemon works on has nobody who reads up to a place.
    const isRead =
      this.database.row("SELECT 1 AS found FROM sqlite_schema WHERE name = 'mark'") !== undefined;
    if (last < id && isRead)
      this.database.run("UPDATE mark SET value = min(value, ?) WHERE name IN ('copy', 'hearing')", last);
  }

  private forgetPlaces(prefix: string): void {
    this.database.run(
      'DELETE FROM place WHERE source = ? AND substr(place, 1, length(?)) = ?',
      this.source,
      prefix,
      prefix,
    );
  }
}
