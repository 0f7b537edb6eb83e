import type { StandName } from '../finding/stand.js';
import type { Database, Value } from './database.js';

/** A series with what lists of many show of it; the report is not read. */
export interface RecordRow {
  /** Its place in the order in which it was taken up. */
  place: number;
  id: string;
  messageId: string;
  version: number;
  subject: string;
  sender: string;
  lists: string[];
  arrivedMs: number;
  finishedMs: number | null;
  stand: StandName;
  reason: string;
  /** `o/r` and `pull/7` of what it was made from on a forge. */
  repo: string | null;
  name: string | null;
}

const columns = `
SELECT shelf.place AS place, review.id AS id, review.messageId AS messageId, review.version AS version,
  review.subject AS subject, review.sender AS sender, review.lists AS lists, review.arrivedMs AS arrivedMs,
  review.finishedMs AS finishedMs, shelf.stand AS stand, shelf.reason AS reason, posed.repo AS repo, posed.name AS name
FROM shelf JOIN review ON review.id = shelf.review LEFT JOIN posed ON posed.review = review.id`;

/** Series that somebody else can have seen, too: they went to a list, or stand on a forge. */
const known = "(review.lists <> '' OR posed.review IS NOT NULL)";

/** What was taken up, read in pages from the newest to the oldest. It changes nothing. */
export class Records {
  constructor(private readonly database: Database) {}

  /** At most `most`, below the place. */
  below(place: number, stand: StandName | undefined, most: number): RecordRow[] {
    const values: Value[] = [place, ...(stand === undefined ? [] : [stand]), most];
    const rows = this.database.rows<RecordRow & { lists: string }>(
      `${columns} WHERE shelf.place < ? ${stand === undefined ? '' : 'AND shelf.stand = ?'} AND ${known}
       ORDER BY shelf.place DESC LIMIT ?`,
      ...values,
    );
    return rows.map(rowOf);
  }

  one(id: string): RecordRow | undefined {
    const sql = `${columns} WHERE review.id = ? AND ${known}`;
    const row = this.database.row<RecordRow & { lists: string }>(sql, id);
    return row === undefined ? undefined : rowOf(row);
  }
}

function rowOf({ lists, ...row }: Omit<RecordRow, 'lists'> & { lists: string }): RecordRow {
  return { ...row, lists: lists === '' ? [] : lists.split('\n') };
}
