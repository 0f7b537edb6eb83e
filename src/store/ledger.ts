import { openDatabase } from './database.js';
import { Hearing } from './hearing.js';
import { Postings } from './postings.js';
import { Reviews } from './reviews.js';
import { layout } from './schema.js';
import { Store } from './store.js';

/** All that a daemon keeps, in one file. */
export interface Ledger {
  store: Store;
  postings: Postings;
  reviews: Reviews;
  hearing: Hearing;
  close(): void;
}

/** Opens the ledger of a daemon or makes one. Throws an `Error` whose message says in one line what is wrong. */
export function openLedger(file: string): Ledger {
  const database = openDatabase(file, layout);
  return {
    store: new Store(database),
    postings: new Postings(database),
    reviews: new Reviews(database),
    hearing: new Hearing(database),
    close: () => database.close(),
  };
}
