/**
 * A `posting` is what mails say that they belong together, and when it is to be looked at. A `review` is a
 * series that was put together from postings: it is `due`, then `queued`, then `done` or `superseded`. Its id
 * is a pure function of its patches, so that the same series is never two. `part` names its mails by digest,
 * `older` the reviews of its earlier versions; `answer` is what was made of its result.
 * `shelf` holds what lists of many series show, and `shelfText` is where their words are looked up.
 * `kept` spares executing again what cannot come out otherwise; its version names what it depends on.
 * `mark` remembers how far something was read, `heard` when a source or a list last brought mail.
 */
export const reviewTables = `
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heard (kind TEXT NOT NULL, name TEXT NOT NULL, atMs INTEGER NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posting (
  series TEXT PRIMARY KEY, arrivedMs INTEGER NOT NULL, dueMs INTEGER, review TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS postingDue ON posting (dueMs) WHERE dueMs IS NOT NULL;
CREATE TABLE IF NOT EXISTS review (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, messageId TEXT NOT NULL, version INTEGER NOT NULL,
  subject TEXT NOT NULL, sender TEXT NOT NULL, lists TEXT NOT NULL, words TEXT NOT NULL, arrivedMs INTEGER NOT NULL,
  outcome TEXT, "limit" TEXT, why TEXT, report TEXT, finishedMs INTEGER, answer TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reviewState ON review (state, arrivedMs);
CREATE INDEX IF NOT EXISTS reviewMessage ON review (messageId);
CREATE INDEX IF NOT EXISTS reviewUnanswered ON review (finishedMs) WHERE state = 'done' AND answer IS NULL;
CREATE INDEX IF NOT EXISTS reviewFinished ON review (finishedMs) WHERE state = 'done';
CREATE INDEX IF NOT EXISTS reviewOutcome ON review (outcome, "limit") WHERE state = 'done';
CREATE INDEX IF NOT EXISTS reviewLists ON review (id, lists);
CREATE TABLE IF NOT EXISTS shelf (
  place INTEGER PRIMARY KEY, review TEXT NOT NULL UNIQUE, messageId TEXT NOT NULL, version INTEGER NOT NULL,
  subject TEXT NOT NULL, sender TEXT NOT NULL, arrivedMs INTEGER NOT NULL, stand TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS shelfStand ON shelf (stand, place);
CREATE VIRTUAL TABLE IF NOT EXISTS shelfText USING fts5 (
  subject, sender, messageId, content = '', prefix = '2 3', tokenize = "unicode61 tokenchars '_'");
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, version TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS older (review TEXT NOT NULL, older TEXT NOT NULL, PRIMARY KEY (review, older)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS olderOlder ON older (older);
CREATE TABLE IF NOT EXISTS part (review TEXT NOT NULL, place INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (review, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS partDigest ON part (digest);
CREATE INDEX IF NOT EXISTS messageSeries ON message (series) WHERE series IS NOT NULL;
CREATE INDEX IF NOT EXISTS messageSender ON message (sender) WHERE kind IN ('patch', 'cover');
`;
