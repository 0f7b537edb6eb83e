import type { Notice } from '../finding/status.js';
import type { Database } from '../store/database.js';

/** Somebody with the right to say so called a finding wrong, or meant to be so, or fixed. */
export interface Dispute {
  finding: string;
  kind: 'invalid' | 'expected' | 'fixed-by';
  /** Bare address. */
  who: string;
  reason: string;
  /** Of the mail that says it. */
  messageId: string;
  /** ms since 1970. */
  at: number;
}

/** What people answered: a disputed finding stays disputed, a muted thread muted, and who wants no mail gets none. */
export class Objections {
  constructor(private readonly database: Database) {}

  dispute({ finding, kind, who, reason, messageId, at }: Dispute): void {
    this.database.run(
      'INSERT INTO dispute (finding, kind, who, reason, messageId, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      finding,
      kind,
      who,
      reason,
      messageId,
      at,
    );
  }

  disputes(): Dispute[] {
    return this.database.rows<Dispute>('SELECT * FROM dispute ORDER BY at');
  }

  /** Findings that are not told again. What was fixed may come back, and is told then. */
  disputed(): Set<string> {
    const rows = this.database.rows<{ finding: string }>(
      "SELECT finding FROM dispute WHERE kind IN ('invalid', 'expected')",
    );
    return new Set(rows.map(({ finding }) => finding));
  }

  /** By mail: whoever opens pull requests by the dozen must not stop the post. */
  countDisputes(since: number): number {
    const row = this.database.row<{ n: number }>(
      "SELECT count(DISTINCT messageId) AS n FROM dispute WHERE kind = 'invalid' AND at >= ? AND messageId NOT LIKE 'github:%'",
      since,
    );
    return row?.n ?? 0;
  }

  mute(thread: string, who: string, at: number): void {
    this.database.run(
      'INSERT INTO muted (thread, who, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      thread,
      who,
      at,
    );
  }

  isMuted(thread: string): boolean {
    return this.database.row('SELECT 1 AS found FROM muted WHERE thread = ?', thread) !== undefined;
  }

  optOut(address: string, at: number): void {
    this.database.run(
      'INSERT INTO optedOut (address, at) VALUES (?, ?) ON CONFLICT DO NOTHING',
      address.toLowerCase(),
      at,
    );
  }

  optedOut(): string[] {
    return this.database
      .rows<{ address: string }>('SELECT address FROM optedOut ORDER BY address')
      .map(({ address }) => address);
  }

  notice({ messageId, kind, subject, why, at }: Notice): void {
    this.database.run(
      'INSERT INTO notice (messageId, kind, subject, why, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      messageId,
      kind,
      subject.slice(0, 300),
      why,
      at,
    );
  }

  /** The newest first. */
  notices(most: number): Notice[] {
    return this.database.rows<Notice>('SELECT * FROM notice ORDER BY at DESC LIMIT ?', most);
  }

  /** Mails of ours that came back: one that went to five people counts once. */
  countBounces(since: number): number {
    const row = this.database.row<{ n: number }>(
      "SELECT count(DISTINCT why) AS n FROM notice WHERE kind = 'bounce' AND at >= ?",
      since,
    );
    return row?.n ?? 0;
  }
}
