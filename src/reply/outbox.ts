import { decidable, type MailState, type OutboxMail, type Outgoing } from '../finding/outgoing.js';
import type { Database } from '../store/database.js';

interface Row extends Omit<OutboxMail, 'lists' | 'to' | 'from' | 'findings'> {
  lists: string;
  findings: string;
  sender: string;
  recipients: string;
}

function mailOf({ lists, findings, recipients, sender, bytes, ...row }: Row): OutboxMail {
  return {
    ...row,
    from: sender,
    lists: JSON.parse(lists) as string[],
    to: JSON.parse(recipients) as string[],
    findings: JSON.parse(findings) as string[],
    bytes: Buffer.from(bytes),
  };
}

/** How a mail is put in: for a person to decide, or to be sent when its time has come. */
interface Handling {
  state: 'held' | 'ready';
  why: string | null;
  notBefore: number;
  now: number;
}

/** Not one byte of it was sent. */
function isWaiting({ state }: OutboxMail): boolean {
  return state === 'held' || state === 'ready';
}

/** Says the same to the same: its bytes have another date. */
function isSame(one: OutboxMail, other: Outgoing): boolean {
  const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
  return one.id === other.id && same(one.to, other.to) && same(one.lists, other.lists);
}

/** Nothing that was tried once, or exceeds a cap, waits for longer. */
const longestPauseMs = 86_400_000;

/** Every mail that is to be sent, is being sent or was sent. What is committed here survives a crash of the machine. */
export class Outbox {
  constructor(private readonly database: Database) {}

  /**
   * Takes a mail; false when the same thing was said, or is about to be, already. `instead`: names of series, of which
   * this is said in place of what did not leave yet; when something did, nothing more is said.
   */
  put(mail: Outgoing, how: Handling, instead: readonly string[] = []): boolean {
    return this.database.atOnce(() => {
      const before = instead.flatMap((series) => this.about(series));
      if (before.some((each) => !isWaiting(each) || isSame(each, mail))) return false;
      for (const { id } of before) this.database.run('DELETE FROM mail WHERE id = ?', id);
      if (this.isKnown(mail)) return false;
      this.insert(mail, how);
      return true;
    });
  }

  private isKnown({ key, id }: Outgoing): boolean {
    return this.database.row('SELECT 1 AS found FROM mail WHERE key = ? OR id = ?', key, id) !== undefined;
  }

  private insert(mail: Outgoing, how: Handling): void {
    this.database.run(
      `INSERT INTO mail (id, key, series, thread, author, lists, sender, recipients, subject, findings, bytes, state, why, createdAt, notBefore)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      mail.id,
      mail.key,
      mail.series,
      mail.thread,
      mail.author,
      JSON.stringify(mail.lists),
      mail.from,
      JSON.stringify(mail.to),
      mail.subject,
      JSON.stringify(mail.findings),
      mail.bytes,
      how.state,
      how.why,
      how.now,
      how.notBefore,
    );
  }

  find(id: string): OutboxMail | undefined {
    const row = this.database.row<Row>('SELECT * FROM mail WHERE id = ?', id);
    return row === undefined ? undefined : mailOf(row);
  }

  list(state?: MailState): OutboxMail[] {
    const rows =
      state === undefined
        ? this.database.rows<Row>('SELECT * FROM mail ORDER BY createdAt, id')
        : this.database.rows<Row>('SELECT * FROM mail WHERE state = ? ORDER BY createdAt, id', state);
    return rows.map(mailOf);
  }

  /** Those that wait for a person, then the others, each the newest first. */
  newest(most: number): OutboxMail[] {
    const held = this.database.rows<Row>(
      "SELECT * FROM mail WHERE state = 'held' ORDER BY createdAt DESC, id LIMIT ?",
      most,
    );
    const others = this.database.rows<Row>(
      "SELECT * FROM mail WHERE state <> 'held' ORDER BY createdAt DESC, id LIMIT ?",
      most - held.length,
    );
    return [...held, ...others].map(mailOf);
  }

  count(state: MailState): number {
    return this.database.row<{ n: number }>('SELECT count(*) AS n FROM mail WHERE state = ?', state)!.n;
  }

  /** Every mail about a series. */
  about(series: string): OutboxMail[] {
    return this.database
      .rows<Row>('SELECT * FROM mail WHERE series = ? ORDER BY createdAt', series)
      .map(mailOf);
  }

  /** Mails that went out or may have, since a time. */
  sentSince(ms: number): OutboxMail[] {
    return this.database
      .rows<Row>(
        "SELECT * FROM mail WHERE state IN ('sent', 'sending') AND coalesce(sentAt, createdAt) > ?",
        ms,
      )
      .map(mailOf);
  }

  /** Mails of a thread that went out or may have, whenever that was. */
  sentInto(thread: string): OutboxMail[] {
    return this.database
      .rows<Row>("SELECT * FROM mail WHERE thread = ? AND state IN ('sent', 'sending')", thread)
      .map(mailOf);
  }

  /**
   * The next mail to send: first what a crash left half-sent. Undefined while nothing is due. Nothing waits for more
   * than a day that was tried, or held by a cap: where it looks so, the clock was set back since.
   */
  due(now: number): OutboxMail | undefined {
    this.waitAnew(now);
    const row = this.database.row<Row>(
      `SELECT * FROM mail WHERE state IN ('sending', 'ready')
         AND (notBefore <= ?1 OR (notBefore > ?1 + ?2 AND (attempts > 0 OR why IS NOT NULL)))
       ORDER BY state DESC, notBefore, id LIMIT 1`,
      now,
      longestPauseMs,
    );
    return row === undefined ? undefined : mailOf(row);
  }

  /**
   * What was made after now was made by a clock that has been set back. It waits from now on for as long as it had to
   * when it was made: how much of that went by nobody knows, and an embargo that ends too late is better than one that
   * is cut short, or one that ends in weeks.
   */
  private waitAnew(now: number): void {
    const isAhead = "state = 'ready' AND attempts = 0 AND why IS NULL AND createdAt > ?1";
    if (this.database.row(`SELECT 1 AS found FROM mail WHERE ${isAhead}`, now) === undefined) return;
    this.database.run(
      `UPDATE mail SET notBefore = ?1 + max(0, notBefore - createdAt), createdAt = ?1 WHERE ${isAhead}`,
      now,
    );
  }

  /**
   * Before the first byte goes out: whatever happens now, the mail is known to be on its way. False when a person
   * decided otherwise since it was looked at: they do so from another process.
   */
  begin({ id, state }: OutboxMail): boolean {
    const begun = this.database.change(
      `UPDATE mail SET state = 'sending', attempts = attempts + 1, repeats = repeats + ? WHERE id = ? AND state = ?`,
      state === 'sending' ? 1 : 0,
      id,
      state,
    );
    return begun > 0;
  }

  /** What some recipients have, and the others are to get later: it is on its way until they have it, too. */
  goOn(id: string, to: readonly string[], more: { why: string; notBefore: number; sentAt: number }): void {
    this.database.atOnce(() => {
      this.database.run('UPDATE mail SET recipients = ? WHERE id = ?', JSON.stringify(to), id);
      this.move(id, 'sending', more);
    });
  }

  /** Puts a mail into another state; `notBefore` where it is to be tried again. */
  move(
    id: string,
    state: MailState,
    more: { why?: string | null; notBefore?: number; sentAt?: number } = {},
  ): void {
    this.database.run(
      'UPDATE mail SET state = ?, why = ?, notBefore = coalesce(?, notBefore), sentAt = coalesce(?, sentAt) WHERE id = ?',
      state,
      more.why ?? null,
      more.notBefore ?? null,
      more.sentAt ?? null,
      id,
    );
  }

  /**
   * What a person decides about a mail that waits. Answers why nothing was decided: it is gone, or another was
   * quicker. The state is asked for and changed in one step, since a person decides while the daemon sends.
   */
  decide(id: string, what: 'approve' | 'drop', why: string | null): string | undefined {
    const open = decidable[what];
    const decided = this.database.change(
      `UPDATE mail SET state = ?, why = ? WHERE id = ? AND state IN (${open.map(() => '?')})`,
      what === 'approve' ? 'ready' : 'dropped',
      // Of a mail that is ready, it would say that a cap holds it.
      what === 'approve' ? null : why,
      id,
      ...open,
    );
    if (decided > 0) return undefined;
    const mail = this.find(id);
    if (mail === undefined) return `the outbox has no mail ${id}; faultline outbox list shows them`;
    return `${mail.id} is ${mail.state}: nothing can be decided any more`;
  }

  /** Drops what was to be said of a series and is pointless now; answers how many mails. */
  dropSeries(series: string, why: string): number {
    const rows = this.database.rows<{ id: string }>(
      "SELECT id FROM mail WHERE series = ? AND state IN ('held', 'ready')",
      series,
    );
    for (const { id } of rows) this.move(id, 'dropped', { why });
    return rows.length;
  }

  /** Drops what waits and nobody wants any more. */
  dropThose(isUnwanted: (mail: OutboxMail) => boolean, why: string): void {
    const waiting = [...this.list('held'), ...this.list('ready')];
    for (const { id } of waiting.filter(isUnwanted)) this.move(id, 'dropped', { why });
  }

  /** Why nothing is sent until a person has looked; undefined while everything is in order. */
  brake(): { why: string; at: number } | undefined {
    return this.database.row<{ why: string; at: number }>(
      'SELECT why, at FROM brake WHERE releasedAt IS NULL',
    );
  }

  trip(why: string, now: number): void {
    if (this.brake() === undefined) this.database.run('INSERT INTO brake (why, at) VALUES (?, ?)', why, now);
  }

  /** A person has looked: what was odd before does not count any more. */
  release(now: number): void {
    this.database.run('UPDATE brake SET releasedAt = ? WHERE releasedAt IS NULL', now);
  }

  releasedAt(): number | undefined {
    return (
      this.database.row<{ at: number | null }>('SELECT max(releasedAt) AS at FROM brake')?.at ?? undefined
    );
  }
}
