import type { Database } from './database.js';

/** What is asked to be taken in on a forge: `o/r` and `pull/7`, `branch/next` or `push/SHA/next`. */
export interface ProposalName {
  repo: string;
  name: string;
}

export interface Proposal extends ProposalName {
  /** The commit that was last looked at; null before the first time. */
  head: string | null;
  /** Login of who opened it. */
  author: string;
  review: string | null;
  /** How many heads were seen. */
  version: number;
  closed: boolean;
  muted: boolean;
  /** Somebody wants to see everything. */
  explain: boolean;
  /** What was asked for and not done, one line each. */
  complaints: string[];
}

/** A comment with commands. `id` is `issue/N` or `line/N`, as forges count both apart; `check/ID` is a pressed button. */
export interface Spoken extends ProposalName {
  id: string;
  author: string;
  /** `OWNER`, `MEMBER`, `COLLABORATOR` or less. */
  standing: string;
  body: string;
  atMs: number;
}

/** A result that has to be told; `dirty` counts what changed about it since it was told the last time. */
export interface Unsaid extends ProposalName {
  review: string;
  finishedMs: number;
  dirty: number;
}

type Row = Omit<Proposal, 'closed' | 'muted' | 'explain' | 'complaints'> & {
  closed: number;
  muted: number;
  explain: number;
  complaints: string;
};

const monthMs = 30 * 86_400_000;
const mostComplaints = 5;

/** Everything that is known of the proposals on forges. Each step of theirs is one statement, and can be done twice. */
export class Proposals {
  constructor(private readonly database: Database) {}

  /** Does what a webhook asks for, and remembers that it came, both or neither. Answers false for one that came before. */
  deliver(id: string, nowMs: number, work: () => void): boolean {
    return this.database.atOnce(() => {
      if (this.database.row('SELECT 1 AS found FROM delivery WHERE id = ?', id) !== undefined) return false;
      this.database.run('INSERT INTO delivery (id, atMs) VALUES (?, ?)', id, nowMs);
      this.database.run('DELETE FROM delivery WHERE atMs < ?', nowMs - monthMs);
      work();
      return true;
    });
  }

  /** Has a proposal looked at soon; `head` is where a branch stood before, if that is not known yet. */
  ask({ repo, name }: ProposalName, nowMs: number, head: string | null = null): void {
    this.database.run(
      `INSERT INTO proposal (repo, name, dueMs, head) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET dueMs = excluded.dueMs, head = coalesce(head, excluded.head)`,
      ...[repo, name, nowMs, head],
    );
  }

  due(nowMs: number, most: number): ProposalName[] {
    return this.database.rows<ProposalName>(
      'SELECT repo, name FROM proposal WHERE dueMs <= ? ORDER BY dueMs, repo, name LIMIT ?',
      nowMs,
      most,
    );
  }

  get({ repo, name }: ProposalName): Proposal | undefined {
    const row = this.database.row<Row>('SELECT * FROM proposal WHERE repo = ? AND name = ?', repo, name);
    return row === undefined ? undefined : proposalOf(row);
  }

  /** Proposals of a repository that stand at a commit. */
  withHead(repo: string, head: string): ProposalName[] {
    return this.database.rows<ProposalName>(
      'SELECT repo, name FROM proposal WHERE repo = ? AND head = ? AND review IS NOT NULL ORDER BY name',
      repo,
      head,
    );
  }

  /** Says for whom a review is made; comes before the review, so that no review is ever taken for one of mail. */
  pose(review: string, { repo, name }: ProposalName, head: string): void {
    this.database.run(
      'INSERT INTO posed (review, repo, name, head) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ...[review, repo, name, head],
    );
  }

  /** A proposal stands at a head, and is reviewed there if that makes sense. */
  stand(
    at: ProposalName,
    now: { head: string; author: string; review: string | null; version: number },
  ): void {
    this.database.run(
      `INSERT INTO proposal (repo, name, head, author, review, version) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET head = excluded.head, author = excluded.author, review = excluded.review,
         version = excluded.version, closed = 0, said = NULL, complaints = ''`,
      ...[at.repo, at.name, now.head, now.author, now.review, now.version],
    );
  }

  /** Nothing is to be looked at until something is said of it again, unless that happened while it was looked at. */
  settle({ repo, name }: ProposalName, askedMs: number, more: { closed?: boolean } = {}): void {
    this.database.run(
      `UPDATE proposal SET closed = ?, dueMs = CASE WHEN dueMs < ? THEN NULL ELSE dueMs END
       WHERE repo = ? AND name = ?`,
      ...[more.closed === true ? 1 : 0, askedMs, repo, name],
    );
  }

  postpone({ repo, name }: ProposalName, dueMs: number): void {
    this.database.run('UPDATE proposal SET dueMs = ? WHERE repo = ? AND name = ?', dueMs, repo, name);
  }

  /** Proposals with a result that was not told as it is now. */
  unsaid(nowMs: number, most: number): Unsaid[] {
    return this.database.rows(
      `SELECT proposal.repo AS repo, proposal.name AS name, review.id AS review,
         review.finishedMs AS finishedMs, dirty
       FROM proposal JOIN review ON review.id = proposal.review
       WHERE review.state = 'done' AND closed = 0 AND sayMs <= ? AND (said IS NOT review.finishedMs OR dirty > 0)
       ORDER BY review.finishedMs, review.id LIMIT ?`,
      nowMs,
      most,
    );
  }

  /** It was told as it was when `unsaid` named it; what changed meanwhile is told the next time. */
  said({ repo, name, finishedMs, dirty }: Unsaid): void {
    this.database.run(
      'UPDATE proposal SET said = ?, dirty = CASE dirty WHEN ? THEN 0 ELSE dirty END WHERE repo = ? AND name = ?',
      ...[finishedMs, dirty, repo, name],
    );
  }

  /** Tells it later: the forge wants to be left alone. */
  sayLater({ repo, name }: ProposalName, sayMs: number): void {
    this.database.run('UPDATE proposal SET sayMs = ? WHERE repo = ? AND name = ?', sayMs, repo, name);
  }

  mute(at: ProposalName): void {
    this.change(at, 'muted = 1');
  }

  explain(at: ProposalName): void {
    this.change(at, 'explain = 1');
  }

  /** Keeps the last few: whoever writes a thousand is told of no more. */
  complain(at: ProposalName, lines: readonly string[]): void {
    const before = this.get(at)?.complaints ?? [];
    const kept = [...new Set([...before, ...lines])].slice(-mostComplaints).join('\n');
    this.change(at, 'complaints = ?', kept);
  }

  /** What is said has to be written anew. */
  touch(at: ProposalName): void {
    this.change(at, 'muted = muted');
  }

  private change({ repo, name }: ProposalName, what: string, ...values: string[]): void {
    const sql = `UPDATE proposal SET ${what}, dirty = dirty + 1 WHERE repo = ? AND name = ?`;
    this.database.run(sql, ...values, repo, name);
  }

  /** Keeps a comment; one that is known changes nothing, whichever way it comes again. */
  hear({ repo, id, name, author, standing, body, atMs }: Spoken): void {
    this.database.run(
      `INSERT INTO spoken (repo, id, name, author, standing, body, atMs) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      ...[repo, id, name, author, standing, body, atMs],
    );
  }

  /** Comments that nobody has obeyed; one about what is still to be looked at waits for that. */
  unheard(most: number): Spoken[] {
    return this.database.rows<Spoken>(
      `SELECT repo, id, name, author, standing, body, atMs FROM spoken WHERE doneMs IS NULL AND NOT EXISTS (
         SELECT 1 FROM proposal
         WHERE proposal.repo = spoken.repo AND proposal.name = spoken.name AND dueMs IS NOT NULL)
       ORDER BY atMs, id LIMIT ?`,
      most,
    );
  }

  heard({ repo, id }: Pick<Spoken, 'repo' | 'id'>, nowMs: number): void {
    this.database.run('UPDATE spoken SET doneMs = ? WHERE repo = ? AND id = ?', nowMs, repo, id);
  }
}

function proposalOf({
  repo,
  name,
  head,
  author,
  review,
  version,
  closed,
  muted,
  explain,
  complaints,
}: Row): Proposal {
  return {
    ...{ repo, name, head, author, review, version },
    closed: closed === 1,
    muted: muted === 1,
    explain: explain === 1,
    complaints: complaints === '' ? [] : complaints.split('\n'),
  };
}
