import { Checks } from './checks.js';
import { openDatabase } from './database.js';
import { Hearing } from './hearing.js';
import { Kept } from './kept.js';
import { Postings } from './postings.js';
import { Proposals } from './proposals.js';
import { Records } from './records.js';
import { Reviews } from './reviews.js';
import { SamePatch } from './same-patch.js';
import { layout } from './schema.js';
import { Shelf } from './shelf.js';
import { Store } from './store.js';

/** The same patch in more proposals than this is nobody's discussion any more. */
const mostLinked = 20;

/** All that a daemon keeps, in one file. */
export interface Ledger {
  store: Store;
  postings: Postings;
  reviews: Reviews;
  hearing: Hearing;
  shelf: Shelf;
  proposals: Proposals;
  samePatch: SamePatch;
  records: Records;
  checks: Checks;
  /** Has proposals with a patch of a review say where else it is discussed. */
  linkProposals(review: string): void;
  kept: Kept;
  /** Differs when something was written meanwhile. */
  revision(): string;
  close(): void;
}

/** Opens the ledger of a daemon or makes one. Throws an `Error` whose message says in one line what is wrong. */
export function openLedger(file: string): Ledger {
  const database = openDatabase(file, layout);
  // The tables that the others need are made by the first.
  const postings = new Postings(database);
  const reviews = new Reviews(database);
  const shelf = new Shelf(database);
  shelf.fill((id) => reviews.get(id));
  const proposals = new Proposals(database);
  const samePatch = new SamePatch(database);
  return {
    store: new Store(database),
    postings,
    reviews,
    hearing: new Hearing(database),
    shelf,
    proposals,
    samePatch,
    records: new Records(database),
    checks: new Checks(database),
    linkProposals: (review) => {
      for (const at of samePatch.proposalsLike(review, mostLinked)) proposals.touch(at);
    },
    kept: new Kept(database),
    revision: () => database.revision(),
    close: () => database.close(),
  };
}
