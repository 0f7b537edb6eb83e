import type { Database } from './database.js';
import { unpack } from './pack.js';

/** Another review of the same version: it is of fewer of the same mails, or of more. */
export interface Overlap {
  id: string;
  is: 'part' | 'whole';
}

/** By message, and not by bytes: of a mail that came twice, each review may have another copy. */
const overlaps = `
WITH mine AS (
  SELECT DISTINCT copy.message AS message FROM part JOIN copy ON copy.digest = part.digest WHERE part.review = ?1),
near AS (
  SELECT DISTINCT part.review AS id FROM mine JOIN copy ON copy.message = mine.message
  JOIN part ON part.digest = copy.digest WHERE part.review <> ?1),
sized AS (
  SELECT near.id AS id, count(DISTINCT copy.message) AS mails, count(DISTINCT mine.message) AS shared FROM near
  JOIN part ON part.review = near.id JOIN copy ON copy.digest = part.digest
  LEFT JOIN mine ON mine.message = copy.message GROUP BY near.id)
SELECT sized.id AS id, CASE WHEN mails = shared THEN 'part' ELSE 'whole' END AS "is" FROM sized
JOIN review AS other ON other.id = sized.id JOIN review AS own ON own.id = ?1 AND own.version = other.version
WHERE (mails = shared) <> (shared = (SELECT count(*) FROM mine)) ORDER BY sized.id LIMIT 50`;

/** The mails that each review is of. A series that takes long to come is reviewed in part, and whole afterwards. */
export class Parts {
  constructor(private readonly database: Database) {}

  set(review: string, digests: Buffer[]): void {
    this.database.run('DELETE FROM part WHERE review = ?', review);
    for (const [place, digest] of digests.entries())
      this.database.run('INSERT INTO part (review, place, digest) VALUES (?, ?, ?)', review, place, digest);
  }

  count(review: string): number {
    return this.database.row<{ n: number }>('SELECT count(*) AS n FROM part WHERE review = ?', review)!.n;
  }

  /** The mails of a series, the cover first; undefined when its archive withdrew one of them. */
  mails(review: string): Buffer[] | undefined {
    const rows = this.database.rows<{ bytes: Buffer | null; packed: number | null }>(
      `SELECT copy.bytes AS bytes, copy.packed AS packed FROM part LEFT JOIN copy ON copy.digest = part.digest
       WHERE part.review = ? ORDER BY part.place`,
      review,
    );
    if (rows.some(({ bytes }) => bytes === null)) return undefined;
    return rows.map(({ bytes, packed }) => unpack(bytes!, packed === 1));
  }

  overlaps(review: string): Overlap[] {
    return this.database.rows<Overlap>(overlaps, review);
  }
}
