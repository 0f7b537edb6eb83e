import type { Database } from './database.js';
import type { ReviewState } from './reviews.js';

/** A series of a list whose patches are to be marked in a Patchwork. */
export interface Unchecked {
  review: string;
  state: ReviewState;
  lists: string[];
  arrivedMs: number;
  /** What is to be told, by name: it changes when the result does. */
  wanted: string;
  /** Times that it was tried. */
  tries: number;
}

/** What stands in a Patchwork already, by review: done again after a crash, it changes nothing there. */
export class Checks {
  constructor(private readonly database: Database) {}

  /** Series since a time that a Patchwork does not show as they are now; those whose turn has not come are left out. */
  untold(patchwork: string, sinceMs: number, nowMs: number, most: number): Unchecked[] {
    const rows = this.database.rows<Omit<Unchecked, 'lists'> & { lists: string }>(
      `SELECT * FROM (
         SELECT review.id AS review, state, lists, arrivedMs, coalesce(tries, 0) AS tries, told, nextMs,
           CASE state WHEN 'done' THEN 'done ' || finishedMs WHEN 'superseded' THEN state ELSE 'pending' END AS wanted
         FROM review LEFT JOIN checked ON checked.review = review.id AND checked.patchwork = ?
         WHERE lists <> '' AND arrivedMs >= ? AND NOT EXISTS (SELECT 1 FROM posed WHERE posed.review = review.id))
       WHERE told IS NOT wanted AND coalesce(nextMs, 0) <= ? ORDER BY arrivedMs DESC, review LIMIT ?`,
      patchwork,
      sinceMs,
      nowMs,
      most,
    );
    return rows.map(({ review, state, lists, arrivedMs, wanted, tries }) => ({
      ...{ review, state, arrivedMs, wanted, tries },
      lists: lists.split('\n'),
    }));
  }

  told(review: string, patchwork: string, wanted: string): void {
    this.note(review, patchwork, 'told = excluded.told, tries = 0, nextMs = 0', wanted, 0);
  }

  /** Tells it later: it is not there yet, or may not be told yet. */
  later(review: string, patchwork: string, nextMs: number): void {
    this.note(review, patchwork, 'tries = tries + 1, nextMs = excluded.nextMs', null, nextMs);
  }

  private note(review: string, patchwork: string, change: string, told: string | null, nextMs: number): void {
    this.database.run(
      `INSERT INTO checked (review, patchwork, told, tries, nextMs) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET ${change}`,
      ...[review, patchwork, told, nextMs],
    );
  }

  /** Message-IDs of the patches of a review. */
  patchesOf(review: string): string[] {
    const rows = this.database.rows<{ messageId: string }>(
      `SELECT min(name.messageId) AS messageId FROM part JOIN copy ON copy.digest = part.digest
       JOIN message ON message.id = copy.message AND message.kind = 'patch' JOIN name ON name.message = message.id
       WHERE part.review = ? GROUP BY message.id ORDER BY min(part.place)`,
      review,
    );
    return rows.map(({ messageId }) => messageId);
  }
}
