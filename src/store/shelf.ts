import type { ShelfEntry, ShelfPage, ShelfQuery } from '../finding/shelf.js';
import { type Stand, type StandName, standOf, superseded, waiting } from '../finding/stand.js';
import type { Database, Value } from './database.js';
import type { Recorded, ReviewState } from './reviews.js';

/** Entries of one page. */
export const pageLength = 50;

/** Words of one search, and characters of each. */
const wordLimit = { words: 8, characters: 60 } as const;

/** A reason is half a sentence; some come from a stranger's patch. */
const reasonLimit = 300;

/** Pages that are read for one page of which little is shown. */
const mostTurns = 10;

const columns = `shelf.place AS place, shelf.review AS id, shelf.messageId AS messageId, shelf.version AS version,
  shelf.subject AS subject, shelf.sender AS sender, shelf.arrivedMs AS arrivedMs, stand, reason,
  review.lists AS lists, posed.repo AS repo`;
const joined = 'JOIN review ON review.id = shelf.review LEFT JOIN posed ON posed.review = review.id';

type ShelfRow = Omit<ShelfEntry, 'lists'> & { lists: string };

function entryOf({ lists, ...row }: ShelfRow): ShelfEntry {
  return { ...row, lists: listsOf(lists) };
}

function listsOf(lists: string): string[] {
  return lists === '' ? [] : lists.split('\n');
}

/** What decides who may see an entry. */
export type Visible = Pick<ShelfEntry, 'lists' | 'arrivedMs' | 'repo'>;

type Counts = Partial<Record<StandName, number>>;

type Listed = Pick<Recorded, 'id' | 'messageId' | 'version' | 'subject' | 'sender' | 'arrivedMs'>;

/**
 * What lists of series show, beside the reviews: their reports are long, and a list of fifty thousand must not
 * read one of them. It can be made again from the reviews at any time.
 */
export class Shelf {
  constructor(private readonly database: Database) {}

  add(series: Listed, { stand, reason }: Stand): void {
    const { id, messageId, version, subject, sender, arrivedMs } = series;
    const place = this.database.insert(
      `INSERT INTO shelf (review, messageId, version, subject, sender, arrivedMs, stand, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, messageId, version, subject, sender, arrivedMs, stand, reason.slice(0, reasonLimit)],
    );
    this.database.run(
      'INSERT INTO shelfText (rowid, subject, sender, messageId) VALUES (?, ?, ?, ?)',
      ...[place, subject, sender, messageId],
    );
  }

  move(id: string, { stand, reason }: Stand): void {
    this.database.run(
      'UPDATE shelf SET stand = ?, reason = ? WHERE review = ?',
      ...[stand, reason.slice(0, reasonLimit), id],
    );
  }

  /** Takes in the reviews of a store that had no shelf yet, or that another version wrote to. */
  fill(get: (id: string) => Recorded | undefined): void {
    if (this.missing().length === 0) return;
    // Asked again behind the lock: another process may have been quicker.
    this.database.atOnce(() => {
      for (const { id } of this.missing()) {
        const review = get(id)!;
        this.add(review, review.result === undefined ? standOfState(review.state) : standOf(review.result));
      }
    });
  }

  private missing(): { id: string }[] {
    return this.database.rows(
      `SELECT id FROM review INDEXED BY reviewState
       WHERE state IN ('due', 'queued', 'done', 'superseded')
         AND NOT EXISTS (SELECT 1 FROM shelf WHERE shelf.review = review.id) ORDER BY arrivedMs, id`,
    );
  }

  /** One page of what `isShown` lets through. */
  list(query: ShelfQuery, isShown: (entry: ShelfEntry) => boolean = () => true): ShelfPage {
    const upwards = query.after !== undefined;
    const found: ShelfEntry[] = [];
    let from = upwards ? query.after : query.before;
    // Where to go on from: behind what was looked at last, until nothing is left to look at.
    let further: number | null = null;
    for (let turn = 0; turn < mostTurns; turn++) {
      const at = from === undefined ? {} : upwards ? { after: from } : { before: from };
      const entries = this.entries({ ...query, ...at }, upwards ? 'ASC' : 'DESC');
      found.push(...entries.filter(isShown));
      from = entries.at(-1)?.place;
      further = entries.length > pageLength ? from! : null;
      if (found.length > pageLength || further === null) break;
    }
    const shown = found.slice(0, pageLength);
    if (found.length > pageLength) further = shown.at(-1)!.place;
    return upwards
      ? { entries: shown.reverse(), older: shown.at(-1)?.place ?? query.after! + 1, newer: further }
      : { entries: shown, older: further, newer: newerThan(shown[0], query) };
  }

  one(id: string): ShelfEntry | undefined {
    const row = this.database.row<ShelfRow>(
      `SELECT ${columns} FROM shelf ${joined} WHERE shelf.review = ?`,
      id,
    );
    return row === undefined ? undefined : entryOf(row);
  }

  private entries({ stand, words, before, after }: ShelfQuery, order: 'ASC' | 'DESC'): ShelfEntry[] {
    const conditions: [string, Value][] = [];
    const match = words === undefined ? '' : matchOf(words);
    const table = match === '' ? 'shelf' : 'shelfText JOIN shelf ON shelf.place = shelfText.rowid';
    const place = match === '' ? 'shelf.place' : 'shelfText.rowid';
    if (match !== '') conditions.push(['shelfText MATCH ?', match]);
    if (stand !== undefined) conditions.push(['stand = ?', stand]);
    if (before !== undefined) conditions.push([`${place} < ?`, before]);
    if (after !== undefined) conditions.push([`${place} > ?`, after]);
    const where =
      conditions.length === 0 ? '' : `WHERE ${conditions.map(([condition]) => condition).join(' AND ')}`;
    // Only what is shown is looked up beside the shelf.
    const chosen = `SELECT ${place} FROM ${table} ${where} ORDER BY ${place} ${order} LIMIT ${pageLength + 1}`;
    const rows = this.database.rows<ShelfRow>(
      `SELECT ${columns} FROM shelf ${joined} WHERE shelf.place IN (${chosen}) ORDER BY shelf.place ${order}`,
      ...conditions.map(([, value]) => value),
    );
    return rows.map(entryOf);
  }

  /** How many series stand how. */
  counts(): Counts {
    const rows = this.database.rows<{ stand: StandName; count: number }>(
      'SELECT stand, count(*) AS count FROM shelf GROUP BY stand',
    );
    return Object.fromEntries(rows.map(({ stand, count }) => [stand, count]));
  }

  /** The same of what `isShown` lets through: every series is looked at. */
  countsOf(isShown: (entry: Visible) => boolean): Counts {
    // By an index, past the reports: they would all be read.
    const rows = this.database.rows<Omit<Visible, 'lists'> & { stand: StandName; lists: string }>(
      `SELECT stand, review.lists AS lists, shelf.arrivedMs AS arrivedMs, posed.repo AS repo FROM shelf
       JOIN review INDEXED BY reviewLists ON review.id = shelf.review LEFT JOIN posed ON posed.review = review.id`,
    );
    const counts: Counts = {};
    for (const { stand, lists, ...row } of rows)
      if (isShown({ ...row, lists: listsOf(lists) })) counts[stand] = (counts[stand] ?? 0) + 1;
    return counts;
  }
}

/** Who came from nowhere stands at the newest. */
function newerThan(first: ShelfEntry | undefined, { before }: ShelfQuery): number | null {
  return before === undefined ? null : (first?.place ?? before - 1);
}

function standOfState(state: ReviewState): Stand {
  return state === 'superseded' ? superseded : waiting;
}

/** Every word as the beginning of one, quoted: nothing that is typed is syntax. */
function matchOf(words: string): string {
  const found = words.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return found
    .slice(0, wordLimit.words)
    .map((word) => `"${word.slice(0, wordLimit.characters)}"*`)
    .join(' AND ');
}
