import type { Finding } from './finding.js';
import type { Outcome } from './outcome.js';
import type { StandName } from './stand.js';

/** A series as everybody may read of it. Times are ISO 8601 in UTC. */
export interface SeriesRecord {
  id: string;
  messageId: string;
  version: number;
  subject: string;
  from: string;
  lists: string[];
  /** The pull request that it was made from; null for mail. */
  pullRequest: string | null;
  arrivedAt: string;
  reviewedAt: string | null;
  stand: StandName;
  /** Half a sentence about it. */
  reason: string;
}

/** A finding, with the series and the patch that it was made in. */
export interface FindingRecord {
  series: SeriesRecord;
  patch: { subject: string; messageId: string | null };
  finding: Finding;
}

export interface RecordQuery {
  list?: string;
  stand?: StandName;
  rule?: string;
  /** Where the page before ended. */
  before?: string;
  most: number;
}

export interface RecordPage<Item> {
  items: Item[];
  /** What to give as `before` for more; null when there is no more. */
  next: string | null;
}

/** What everybody may read: no series that came in private, and none before its embargo is over. */
export interface PublicRecord {
  series(query: RecordQuery): RecordPage<SeriesRecord>;
  one(id: string): SeriesRecord | undefined;
  /** What came of a series; undefined while nothing has. */
  result(id: string): Outcome | undefined;
  /** Findings that were introduced, those of series that were taken up last first. */
  findings(query: RecordQuery): RecordPage<FindingRecord>;
}
