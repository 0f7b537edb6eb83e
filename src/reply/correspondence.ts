import { type Database, type Layout, openDatabase } from '../store/database.js';
import { Objections } from './objections.js';
import { Outbox } from './outbox.js';

const layout: Layout = {
  id: 0x464c4f42,
  version: 1,
  durable: true,
  tables: `
CREATE TABLE mail (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, series TEXT NOT NULL, thread TEXT NOT NULL, author TEXT NOT NULL,
  lists TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, subject TEXT NOT NULL, findings TEXT NOT NULL,
  bytes BLOB NOT NULL, state TEXT NOT NULL, why TEXT, createdAt INTEGER NOT NULL, notBefore INTEGER NOT NULL,
  sentAt INTEGER, attempts INTEGER NOT NULL DEFAULT 0, repeats INTEGER NOT NULL DEFAULT 0);
CREATE INDEX mailState ON mail (state, notBefore);
CREATE INDEX mailSeries ON mail (series);
CREATE TABLE brake (why TEXT NOT NULL, at INTEGER NOT NULL, releasedAt INTEGER);
CREATE TABLE dispute (
  finding TEXT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, messageId TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (finding, messageId));
CREATE TABLE muted (thread TEXT PRIMARY KEY, who TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE optedOut (address TEXT PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE notice (
  messageId TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
`,
};

/** What was said to people, and what they said about it: one file, which a crash of the machine does not shorten. */
export class Correspondence {
  readonly outbox: Outbox;
  readonly objections: Objections;

  constructor(private readonly database: Database) {
    // Not among the tables: files of this version were made without them.
    database.run('CREATE INDEX IF NOT EXISTS mailCreated ON mail (createdAt)');
    database.run('CREATE INDEX IF NOT EXISTS mailStateCreated ON mail (state, createdAt)');
    this.outbox = new Outbox(database);
    this.objections = new Objections(database);
  }

  /** Differs when something was written meanwhile, by us or by another process. */
  revision(): string {
    return this.database.revision();
  }

  close(): void {
    this.database.close();
  }
}

/** Opens the file or makes one. Throws an `Error` whose message says in one line what is wrong. */
export function openCorrespondence(file: string): Correspondence {
  return new Correspondence(openDatabase(file, layout));
}
