import { openDatabase } from './database.js';
import { Hearing } from './hearing.js';
import { Postings } from './postings.js';
import { Reviews } from './reviews.js';
import { layout } from './schema.js';
import { Shelf } from './shelf.js';
import { Store } from './store.js';

/** All that a daemon keeps, in one file. */
export interface Ledger {
  store: Store;
  postings: Postings;
  reviews: Reviews;
  hearing: Hearing;
  shelf: Shelf;
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
  return {
    store: new Store(database),
    postings,
    reviews,
    hearing: new Hearing(database),
    shelf,
    close: () => database.close(),
  };
}
