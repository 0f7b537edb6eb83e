import type { CatalogueEntry } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { MatrixReport } from '../finding/matrix.js';
import type { Outcome } from '../finding/outcome.js';
import type { OutboxMail } from '../finding/outgoing.js';
import type { ShelfPage, ShelfQuery } from '../finding/shelf.js';
import type { Stand, StandName } from '../finding/stand.js';
import type { Status } from '../finding/status.js';
import type { Pulse } from './pulse.js';

/** A series with all that is known of it. */
export interface SeriesView {
  id: string;
  messageId: string;
  version: number;
  subject: string;
  sender: string;
  lists: string[];
  arrivedMs: number;
  finishedMs: number | undefined;
  stand: Stand;
  /** Undefined as long as there is none. */
  result: Outcome | undefined;
  /** What was made of the result, as `silent: nothing to say`; null when nothing was yet, and for anybody. */
  answer: string | null;
  /** Reviews of other versions of it, the oldest first. */
  versions: { id: string; version: number }[];
}

/** A race on its own broken code. It is executed when somebody first asks for it. */
export type OwnWitness =
  | { state: 'executing' }
  | { state: 'shown'; finding: Finding }
  | { state: 'failed'; why: string };

/** What a person decides about a mail that waits. */
export interface Decision {
  id: string;
  what: 'approve' | 'drop';
  why: string | null;
}

/** Who asks: somebody who holds the token, or anybody, who sees no private series and none before its embargo is over. */
export type Reader = 'holder' | 'anybody';

/** All that the pages show and the little that they change. Pages know nothing of where it comes from. */
export interface Board {
  list(query: ShelfQuery, reader: Reader): ShelfPage;
  counts(reader: Reader): Partial<Record<StandName, number>>;
  series(id: string, reader: Reader): SeriesView | undefined;
  races(): readonly CatalogueEntry[];
  ownWitness(race: string): OwnWitness;
  /** Races by kernels as somebody had them executed; a string says how to do that, or what is wrong. */
  matrix(): MatrixReport | string;
  status(): Promise<Status>;
  /** Those that wait for a person, then the others, the newest first. */
  mails(most: number): OutboxMail[];
  mail(id: string): OutboxMail | undefined;
  heldMails(): number;
  /** Why nothing is sent until a person has looked. */
  brake(): { why: string; at: number } | undefined;
  /** Answers why nothing was decided; undefined when it was. */
  decide(decision: Decision): string | undefined;
  /** Who holds it may see and decide what is sent; undefined: nobody may, here. */
  token: string | undefined;
  pulse: Pulse;
  /** Shows a Message-ID that is put behind it. */
  archive: string;
  now(): number;
}
