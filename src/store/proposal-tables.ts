/**
 * A `proposal` is a pull request (`pull/7`), a branch that is watched (`branch/next`) or one push to it
 * (`push/SHA/next`) of a repository on a forge. It is looked at when `dueMs` has come; `review` is that of its `head`,
 * the `version`th that we saw, and `said` is when the result ended that was last told there. `spoken` is a comment
 * that was heard: once it is done it is never done again. `posed` says for whom a review was made, `delivery` which
 * webhooks came. `checked` is what a Patchwork was told of a review of mail.
 */
export const proposalTables = `
CREATE TABLE IF NOT EXISTS delivery (id TEXT PRIMARY KEY, atMs INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS proposal (
  repo TEXT NOT NULL, name TEXT NOT NULL, dueMs INTEGER, head TEXT, author TEXT NOT NULL DEFAULT '', review TEXT,
  version INTEGER NOT NULL DEFAULT 0, closed INTEGER NOT NULL DEFAULT 0, said INTEGER, dirty INTEGER NOT NULL DEFAULT 0,
  sayMs INTEGER NOT NULL DEFAULT 0, muted INTEGER NOT NULL DEFAULT 0, explain INTEGER NOT NULL DEFAULT 0,
  complaints TEXT NOT NULL DEFAULT '', PRIMARY KEY (repo, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS proposalDue ON proposal (dueMs) WHERE dueMs IS NOT NULL;
CREATE INDEX IF NOT EXISTS proposalReview ON proposal (review) WHERE review IS NOT NULL;
CREATE TABLE IF NOT EXISTS posed (
  review TEXT PRIMARY KEY, repo TEXT NOT NULL, name TEXT NOT NULL, head TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spoken (
  repo TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, author TEXT NOT NULL, standing TEXT NOT NULL,
  body TEXT NOT NULL, atMs INTEGER NOT NULL, doneMs INTEGER, PRIMARY KEY (repo, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS spokenUndone ON spoken (atMs) WHERE doneMs IS NULL;
CREATE TABLE IF NOT EXISTS checked (
  review TEXT NOT NULL, patchwork TEXT NOT NULL, told TEXT, tries INTEGER NOT NULL, nextMs INTEGER NOT NULL,
  PRIMARY KEY (review, patchwork)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messageEssence ON message (essence) WHERE essence IS NOT NULL
`;
