import type { Fn } from '../vm/program.js';
import type { Endings } from './endings.js';
import type { Moment } from './event.js';
import { isPage } from './passed.js';
import { type Held, type State, siteOf } from './state.js';
import type { Value } from './term.js';

/** What a rule has to say of a path: shown with the lines that lead there. */
export interface Said {
  message: string;
  /** What it is about, for telling two alarms apart: a lock, an entry. */
  object: string;
  /** Where it begins, for what one function may do at several places: the line that took the lock. */
  begins?: number;
  file: string;
  line: number;
  fn: string;
  choices: number[];
  /** The lock that must really have been held. */
  relies?: Held | undefined;
  /** Why it is no alarm all the same: what is taken for granted instead. */
  excuse?: string | undefined;
  /** The one excuse is that no path releases the lock: who knows that the function once did knows better. */
  unreleased?: boolean;
  /** Where on the path it is seen: so many events after its beginning. */
  moment: number;
}

/** A path that came to its end. */
export interface PathEnd {
  state: State;
  value: Value | undefined;
  choices: number[];
  file: string;
  line: number;
  moment: number;
}

/** Everything that the paths of one function have shown. */
export interface Paths {
  fn: Fn;
  ends: PathEnd[];
  /**
   * `siteOf` of every acquire that some path has released again; that with a place of `Held.through`, and with the name
   * by which it was released (alias.ts).
   */
  released: Set<string>;
  /** Bare names of what was asked of the caller's things: arguments, and what is read through them. */
  callers: ReadonlySet<number>;
  /** The same of what was answered about that which was begun, and not ended yet. */
  about: ReadonlySet<number>;
  endings: Endings;
  /** The nodes beyond which paths have released what was taken at a place. */
  behind(site: string): ReadonlySet<number>;
}

/** What a rule says at a moment of a path. */
export type Alarm = Pick<Said, 'message' | 'object' | 'relies' | 'excuse'>;

/** One rule about one function and all its paths. */
export interface PathRule {
  /** A word of rules/README.md. */
  rule: string;
  title: string;
  advice: string;
  /**
   * Functions that it watches beside those that lock and sleep. Who calls one under a lock that it took itself does
   * so on its own account; with another's lock, or with none, it does a part of what its caller does.
   */
  names?: ReadonlySet<string>;
  /** Whether a path that ends like this leaves something open that callers are to end. */
  leaves?(state: State): boolean;
  /** Called for everything that happens on a path, in order. */
  watch?(moment: Moment): Alarm | undefined;
  /** Called when the paths so far have turned out to be none, for a rule that remembers more than a path's marks. */
  forget?(): void;
  /** Called when all paths are known. */
  judge?(paths: Paths): Said[];
}

/**
 * What is taken for granted of a lock that a call on the way may have released by contract; undefined when none can
 * have: others came through and released it.
 */
export function doubtOf(lock: Held, { released }: { released: ReadonlySet<string> }): string | undefined {
  const { doubtful, through = [], by, alias } = lock;
  if (alias !== undefined && released.has(alias)) return `what ${by}() locked goes by two names, and is one`;
  if (doubtful && isPage(lock))
    return `the page that ${by}() locked is released from what it was put into, or by who writes it, moves it or puts it back`;
  if (doubtful) return `the lock that ${by}() took may be released by a function that it was handed to`;
  // Methods of a file system release the page that they are given, or not, as their result says.
  const isSure = (place: string) => !isPage(lock) && released.has(`${siteOf(lock)} > ${place}`);
  return through.every(isSure)
    ? undefined
    : `the lock that ${by}() took may be released by a call on the way`;
}

/** A mark of what a path has been excused from: nothing is open, but the end tells it. */
export const excusedFrom = (what: string): string => `${excused} ${what}`;

export const isExcused = (mark: string): boolean => mark.startsWith(excused);

const excused = 'excused from';

/** The mark of a path that goes a way which flags decide that nobody declares: there may be no such path. */
export const ofConstants = excusedFrom('what flags say');

/** The mark of a path on which an error became a positive number (errors.ts). */
export const ofErrors = excusedFrom('what errors are');

/** The mark of a path on which what is not zero is no negative number: it may be no error, or there is no such path. */
export const ofCounts = excusedFrom('what may be counts');

/** The mark of a path on which a function unlocks one of several locks, as a value says that nobody knows. */
export const ofModes = excusedFrom('what is unlocked');

/** The mark of a path that holds two locks which turn out to be one (alias.ts). */
export const ofOne = excusedFrom('locks that are one');

/** The mark of a path on which new memory is something that was there before (plausible.ts). */
export const ofNew = excusedFrom('what is new');

/** The mark of a path on which what a search found in memory is an error (no-error.ts). */
export const ofFound = excusedFrom('what was found');

/** The mark of a path that went on through a loop as it had decided before (patience.ts): it need not be one. */
export const ofRounds = excusedFrom('what comes of many rounds');

/** The mark of a path that took a reference and was the last to hold one when it dropped it (reference.ts). */
export const ofLast = excusedFrom('who is last');

const excuses = new Map([
  [ofConstants, 'a path is none that goes by what is unknown of flags from a header that is not read'],
  [ofErrors, 'a path is none on which what was taken for an error turns out to be a positive number'],
  [ofModes, 'a path is none on which another lock is released than was taken, as an unknown mode says'],
  [
    ofRounds,
    'a path is none that goes round a loop more often than is looked at, and decides as it did before',
  ],
  [ofFound, 'a path is none on which what a search found in memory is an error in the place of a pointer'],
  [ofNew, 'a path is none on which what was allocated turns out to be what goes by another name'],
  [ofLast, 'a path is none on which a reference that it has taken itself turns out to be the last one'],
  [ofOne, 'a path is none that holds two locks which it knows to be one'],
]);

/** What is taken for granted of a path as a whole. */
export function excuseOf({ marks }: State): string | undefined {
  for (const [mark, excuse] of excuses) if (marks.has(mark)) return excuse;
  return undefined;
}
