import type { Stand, StandName } from './stand.js';

/** A series as a list of many shows it. */
export interface ShelfEntry extends Stand {
  /** Its place in the order in which the daemon took series up. */
  place: number;
  id: string;
  messageId: string;
  version: number;
  subject: string;
  sender: string;
  arrivedMs: number;
  /** Addresses of the lists that it went to. */
  lists: string[];
  /** `o/r` of what it was made from on a forge; null for mail. */
  repo: string | null;
}

/** Which series are asked for; those taken up last come first. */
export interface ShelfQuery {
  stand?: StandName;
  /** Beginnings of words of subject, sender or Message-ID; all of them have to be there. */
  words?: string;
  /** Only those taken up before, or after, this place. */
  before?: number;
  after?: number;
}

export interface ShelfPage {
  entries: ShelfEntry[];
  /** What to give as `before`, or as `after`, for those beyond the entries; null where there are none. */
  older: number | null;
  newer: number | null;
}
