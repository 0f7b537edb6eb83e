import type { Limit, Outcome } from '../finding/outcome.js';
import { standOf, superseded, waiting } from '../finding/stand.js';
import type { Database } from './database.js';
import { type Overlap, Parts } from './parts.js';
import { readReport } from './read-report.js';
import { Shelf } from './shelf.js';

export type ReviewState = 'due' | 'queued' | 'done' | 'superseded';

/** A series that is to be reviewed. */
export interface Planned {
  id: string;
  /** Of the cover or of the first patch. */
  messageId: string;
  version: number;
  subject: string;
  sender: string;
  /** Addresses of the lists that it went to. */
  lists: string[];
  /** Words of the bracket of its subject, as `net-next`. */
  words: string[];
  /** When its last mail came; ms since 1970. */
  arrivedMs: number;
}

export interface Recorded extends Planned {
  state: ReviewState;
  /** Undefined as long as there is none. */
  result: Outcome | undefined;
  finishedMs: number | undefined;
}

/** How much there is to do. */
export interface Backlog {
  due: number;
  queued: number;
  done: number;
  superseded: number;
  /** When the last mail of the oldest unreviewed series came; undefined when all are reviewed. */
  oldestMs: number | undefined;
}

interface Row {
  id: string;
  state: ReviewState;
  messageId: string;
  version: number;
  subject: string;
  sender: string;
  lists: string;
  words: string;
  arrivedMs: number;
  outcome: Outcome['outcome'] | null;
  limit: Limit | null;
  why: string | null;
  report: string | null;
  finishedMs: number | null;
}

/** Every series that was ever to be reviewed, and what came of it. A result that is recorded stays. */
export class Reviews {
  private readonly shelf: Shelf;
  private readonly parts: Parts;

  constructor(private readonly database: Database) {
    this.shelf = new Shelf(database);
    this.parts = new Parts(database);
  }

  /** Takes a series in, due from now on; nothing happens when it is known. */
  plan(series: Planned, digests: Buffer[], older: string[]): void {
    this.database.atOnce(() => {
      if (this.stateOf(series.id) !== undefined) return;
      const { id, messageId, version, subject, sender, lists, words, arrivedMs } = series;
      this.database.run(
        `INSERT INTO review (id, state, messageId, version, subject, sender, lists, words, arrivedMs)
         VALUES (?, 'due', ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, messageId, version, subject, sender, lists.join('\n'), words.join('\n'), arrivedMs],
      );
      this.parts.set(id, digests);
      for (const each of older)
        this.database.run('INSERT INTO older (review, older) VALUES (?, ?) ON CONFLICT DO NOTHING', id, each);
      this.shelf.add(series, waiting);
    });
  }

  stateOf(id: string): ReviewState | undefined {
    return this.database.row<{ state: ReviewState }>('SELECT state FROM review WHERE id = ?', id)?.state;
  }

  /** Gives up a series that nobody needs reviewed any more. */
  supersede(id: string): void {
    this.database.atOnce(() => {
      const state = this.stateOf(id);
      if (state !== 'due' && state !== 'queued') return;
      this.database.run("UPDATE review SET state = 'superseded' WHERE id = ?", id);
      this.shelf.move(id, superseded);
    });
  }

  /** Series of one state, those that came last first: who waits longest is not who profits most. */
  inState(state: ReviewState, most: number): Planned[] {
    const rows = this.database.rows<Row>(
      'SELECT * FROM review WHERE state = ? ORDER BY arrivedMs DESC, id LIMIT ?',
      state,
      most,
    );
    return rows.map(plannedOf);
  }

  /** The mails of a series, the cover first; undefined when its archive withdrew one of them. */
  mailsOf(id: string): Buffer[] | undefined {
    return this.parts.mails(id);
  }

  /** Reviews of the same version of a series with fewer of its mails, or with more. */
  overlaps(id: string): Overlap[] {
    return this.parts.overlaps(id);
  }

  /**
   * Takes in what came of a known series since: its cover, or a copy over another list. That list may be stricter:
   * what was made of the result is thought about again.
   */
  grow(id: string, lists: string[], digests: Buffer[]): void {
    this.database.atOnce(() => {
      const before = this.get(id);
      if (before === undefined) return;
      if (digests.length > this.parts.count(id)) this.parts.set(id, digests);
      const all = [...new Set([...before.lists, ...lists])];
      if (all.length > before.lists.length)
        this.database.run('UPDATE review SET lists = ?, answer = NULL WHERE id = ?', all.join('\n'), id);
    });
  }

  queued(id: string): void {
    this.database.run("UPDATE review SET state = 'queued' WHERE id = ? AND state = 'due'", id);
  }

  /** Records what came of a series. Answers false for one that is unknown, given up, or has a result: the first one counts. */
  finish(id: string, result: Outcome, nowMs: number): boolean {
    return this.database.atOnce(() => {
      const state = this.stateOf(id);
      if (state !== 'due' && state !== 'queued') return false;
      const report = result.outcome === 'reviewed' ? JSON.stringify(result.report) : null;
      this.database.run(
        `UPDATE review SET state = 'done', outcome = ?, "limit" = ?, why = ?, report = ?, finishedMs = ? WHERE id = ?`,
        result.outcome,
        result.outcome === 'not-analysed' ? result.limit : null,
        result.outcome === 'reviewed' ? null : result.why,
        report,
        nowMs,
        id,
      );
      this.shelf.move(id, standOf(result));
      return true;
    });
  }

  /** Ids of reviews of mail with a result of which nothing was made yet, the first that ended first. */
  unanswered(most: number): string[] {
    const rows = this.database.rows<{ id: string }>(
      `SELECT id FROM review WHERE state = 'done' AND answer IS NULL
         AND NOT EXISTS (SELECT 1 FROM posed WHERE posed.review = review.id) ORDER BY finishedMs, id LIMIT ?`,
      most,
    );
    return rows.map(({ id }) => id);
  }

  /** Notes what was made of a result, so that it is not thought about again. */
  answered(id: string, answer: string): void {
    this.database.run('UPDATE review SET answer = ? WHERE id = ?', answer.slice(0, 300), id);
  }

  /** What was made of a result; null when nothing was yet. */
  answerOf(id: string): string | null {
    return (
      this.database.row<{ answer: string | null }>('SELECT answer FROM review WHERE id = ?', id)?.answer ??
      null
    );
  }

  /** Reviews of all versions of a series that are known to be one, itself among them, the oldest first. */
  versionsOf(id: string): { id: string; version: number }[] {
    return this.database.rows(
      `SELECT id, version FROM review WHERE id = ?1 OR id IN (SELECT older FROM older WHERE review = ?1)
         OR id IN (SELECT review FROM older WHERE older = ?1) ORDER BY version, id LIMIT 50`,
      id,
    );
  }

  /** Reviews of earlier versions of a series, as far as there are any. */
  olderThan(id: string): Recorded[] {
    const rows = this.database.rows<{ older: string }>('SELECT older FROM older WHERE review = ?', id);
    return rows.flatMap(({ older }) => this.get(older) ?? []);
  }

  get(id: string): Recorded | undefined {
    const row = this.database.row<Row>('SELECT * FROM review WHERE id = ?', id);
    return row === undefined ? undefined : recordedOf(row);
  }

  /** Reviews of series that a mail belongs to, by one of its Message-IDs; the newest first. */
  withMail(messageId: string): string[] {
    const rows = this.database.rows<{ id: string }>(
      `SELECT DISTINCT review.id AS id, review.arrivedMs FROM name JOIN copy ON copy.message = name.message
       JOIN part ON part.digest = copy.digest JOIN review ON review.id = part.review
       WHERE name.messageId = ? ORDER BY review.arrivedMs DESC LIMIT 50`,
      messageId,
    );
    return rows.map(({ id }) => id);
  }

  /** The review of one version of a series; the last one where patches came late. */
  named(messageId: string, version: number): string | undefined {
    const row = this.database.row<{ id: string }>(
      'SELECT id FROM review WHERE messageId = ? AND version = ? ORDER BY arrivedMs DESC, id LIMIT 1',
      messageId,
      version,
    );
    return row?.id;
  }

  /** Every review of one version of a series: more than one when patches came late. */
  of(messageId: string, version: number): Recorded[] {
    const rows = this.database.rows<Row>(
      'SELECT * FROM review WHERE messageId = ? AND version = ?',
      messageId,
      version,
    );
    return rows.map(recordedOf);
  }

  /** Has a series reviewed once more, because somebody with the right to ask for it did. */
  again(id: string): void {
    this.database.atOnce(() => {
      if (this.stateOf(id) !== 'done') return;
      this.database.run("UPDATE review SET state = 'due', answer = NULL WHERE id = ?", id);
      this.shelf.move(id, waiting);
    });
  }

  /** Reviews that ended since a time, and how many of them led to a mail, sent or not, or to a comment. */
  endedSince(ms: number): { reviews: number; findings: number } {
    const row = this.database.row<{ reviews: number; findings: number }>(
      `SELECT count(*) AS reviews, coalesce(sum(answer LIKE 'ready:%' OR answer LIKE 'held:%' OR answer LIKE 'told:%'), 0) AS findings
       FROM review INDEXED BY reviewFinished WHERE state = 'done' AND finishedMs > ?`,
      ms,
    );
    return row ?? { reviews: 0, findings: 0 };
  }

  backlog(): Backlog {
    const rows = this.database.rows<{ state: ReviewState; count: number }>(
      'SELECT state, count(*) AS count FROM review GROUP BY state',
    );
    const of = (state: ReviewState) => rows.find((row) => row.state === state)?.count ?? 0;
    const oldest = this.database.row<{ ms: number | null }>(
      `SELECT min(arrivedMs) AS ms FROM (
         SELECT arrivedMs FROM review WHERE state IN ('due', 'queued')
         UNION ALL SELECT arrivedMs FROM posting WHERE dueMs IS NOT NULL)`,
    );
    return {
      due: of('due'),
      queued: of('queued'),
      done: of('done'),
      superseded: of('superseded'),
      oldestMs: oldest?.ms ?? undefined,
    };
  }

  /** How many reviews ended in which way: `reviewed`, `refused`, `not-analysed (time)`. */
  outcomes(): Record<string, number> {
    const rows = this.database.rows<{ outcome: string; limit: string | null; count: number }>(
      `SELECT outcome, "limit", count(*) AS count FROM review INDEXED BY reviewOutcome WHERE state = 'done' GROUP BY outcome, "limit" ORDER BY outcome, "limit"`,
    );
    return Object.fromEntries(
      rows.map(({ outcome, limit, count }) => [limit === null ? outcome : `${outcome} (${limit})`, count]),
    );
  }
}

const linesOf = (text: string) => (text === '' ? [] : text.split('\n'));

function plannedOf({ id, messageId, version, subject, sender, lists, words, arrivedMs }: Row): Planned {
  return { id, messageId, version, subject, sender, lists: linesOf(lists), words: linesOf(words), arrivedMs };
}

function recordedOf(row: Row): Recorded {
  const { state, finishedMs } = row;
  return { ...plannedOf(row), state, result: resultOf(row), finishedMs: finishedMs ?? undefined };
}

function resultOf({ outcome, limit, why, report }: Row): Outcome | undefined {
  if (outcome === null) return undefined;
  if (outcome === 'reviewed') return { outcome, report: readReport(report!) };
  return outcome === 'refused' ? { outcome, why: why! } : { outcome, limit: limit!, why: why! };
}
