import type { ReviewedMessage } from '../finding/message.js';

/** Who answers, for mails. */
export interface Sender {
  name: string;
  address: string;
  /** Where the list's archive shows a Message-ID: `https://lore.kernel.org/r/`. */
  archive: string;
  /** The person behind it; null while none is named. */
  contact: string | null;
}

/** How far a mail goes, and what else its list wants to be told. */
export interface Audience {
  deliver: 'list' | 'author' | 'me';
  /** Who reads it while `deliver` is `me`. */
  me: string | null;
  sayFixed: boolean;
  sayClean: boolean;
  /** Ask Patchwork to keep the mail as not yet dealt with. */
  actionRequired: boolean;
}

/** What was said of a finding before: in an earlier version of the series, or against it. */
export interface Said {
  version: number;
  /** Of the mail that said it. */
  messageId: string;
  /** The race that showed it; null for a path rule. */
  race: string | null;
}

export interface History {
  /** By id of the finding. */
  told: ReadonlyMap<string, Said>;
  /** Ids of findings that somebody with the right to say so called wrong or meant. */
  disputed: ReadonlySet<string>;
  /** Addresses, in small letters, of people who want no mail, whoever copied them. */
  left?: ReadonlySet<string>;
}

/** What a reporter may know beside the result. Nothing here is read from the outside world by a reporter. */
export interface ReportContext {
  /** Width of the page in cells. */
  columns: number;
  colour: boolean;
  /** Print assumptions, full traces and the tries for a base. */
  explain: boolean;
  /** How the reader names the patch on the command line; null for stdin. */
  patchName: string | null;
  /**
   * What was reviewed where no name of it can be given to the replay command, so that the reader has to save it; and
   * whether they read it elsewhere than where it was executed.
   */
  saved: { what: string; elsewhere: boolean } | null;
  /** Where a mail that is named by its Message-ID is, as arguments of the replay command. */
  lookUp: readonly string[];
  /** The `--tree` arguments, to be repeated in the replay command. */
  trees: string[];
  /** The `--config` arguments, likewise: other code is executed without them. */
  config: ReadonlyMap<string, string>;
  /** Shown when it is given; a report for a file or a pipe leaves it out, so that same input gives same bytes. */
  elapsedMs: number | null;
  /** The mails that were reviewed, by Message-ID; empty for a plain diff. */
  messages: ReadonlyMap<string, ReviewedMessage>;
  sender: Sender;
  audience: Audience;
  history: History;
  /** Addresses where the same patches are discussed. */
  elsewhere: readonly string[];
}

/** A report: what goes to stdout, and what is said beside it on stderr. */
export interface Report {
  output: string;
  note: string | null;
}

export const defaultContext: ReportContext = {
  columns: 100,
  colour: false,
  explain: false,
  patchName: null,
  saved: null,
  lookUp: [],
  trees: [],
  config: new Map(),
  elapsedMs: null,
  messages: new Map(),
  sender: {
    name: 'Faultline',
    address: 'faultline@localhost',
    archive: 'https://lore.kernel.org/r/',
    contact: null,
  },
  audience: { deliver: 'list', me: null, sayFixed: false, sayClean: false, actionRequired: false },
  history: { told: new Map(), disputed: new Set() },
  elsewhere: [],
};
