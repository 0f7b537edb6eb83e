import type { Layout } from './database.js';

/**
 * `copy` holds bytes, each different text once. A `message` is what copies with the same Message-ID are
 * copies of. A `place` is where a source holds a copy: deleting and reading again go by places. What has a
 * place but no copy says why.
 */
const tables = `
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cursor TEXT);
CREATE TABLE message (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, sender TEXT NOT NULL, date TEXT, kind TEXT NOT NULL,
  parent TEXT, series TEXT, malformed TEXT, notKernel TEXT, touched TEXT, essence TEXT);
CREATE INDEX messageParent ON message (parent) WHERE parent IS NOT NULL;
CREATE TABLE name (messageId TEXT NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (messageId, message)) WITHOUT ROWID;
CREATE INDEX nameMessage ON name (message);
CREATE TABLE list (message INTEGER NOT NULL, list TEXT NOT NULL, PRIMARY KEY (message, list)) WITHOUT ROWID;
CREATE TABLE copy (
  id INTEGER PRIMARY KEY, message INTEGER NOT NULL, digest BLOB NOT NULL UNIQUE, size INTEGER NOT NULL,
  packed INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX copyMessage ON copy (message);
CREATE TABLE place (source INTEGER NOT NULL, place TEXT NOT NULL, copy INTEGER, why TEXT, PRIMARY KEY (source, place)) WITHOUT ROWID;
CREATE INDEX placeCopy ON place (copy);
CREATE TABLE sought (messageId TEXT NOT NULL, source INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (messageId, source)) WITHOUT ROWID;
`;

/** The application's id spells `FLTL`. */
export const layout: Layout = { id: 0x464c544c, version: 1, tables, durable: false };
