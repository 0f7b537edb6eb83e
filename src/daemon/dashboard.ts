import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { toolVersions } from '../config/version.js';
import { standOf, superseded, waiting } from '../finding/stand.js';
import type { Status } from '../finding/status.js';
import { type Arrived, isOpen } from '../policy/is-open.js';
import { ownWitness } from '../race/own-witness.js';
import { readCatalogue } from '../race/read.js';
import type { Correspondence } from '../reply/correspondence.js';
import type { Ledger } from '../store/ledger.js';
import type { Recorded, Reviews } from '../store/reviews.js';
import type { Board, SeriesView } from '../web/board.js';
import { Pulse } from '../web/pulse.js';
import { keptMatrix } from './kept-matrix.js';
import { OwnWitnesses } from './own-witnesses.js';

export interface DashboardParts {
  ledger: Ledger;
  letters: Correspondence;
  config: () => Config;
  environment: NodeJS.ProcessEnv;
  /** The folder of the daemon. */
  folder: string;
  status: () => Promise<Status>;
}

/** How often it is looked whether something changed, while a page is open. */
const lookMs = 1000;

/** What nobody changed is counted again after this. */
const recountMs = 60_000;

/** What the pages show, from the daemon's own parts. */
export function openDashboard({
  ledger,
  letters,
  config,
  environment,
  folder,
  status,
}: DashboardParts): Board {
  const pulse = watchedPulse(() => `${ledger.revision()} ${letters.revision()}`);
  const { modelVersion, catalogueVersion } = toolVersions();
  const version = `${modelVersion}.${catalogueVersion}`;
  const onDone = () => pulse.beat();
  const witnesses = new OwnWitnesses({ kept: ledger.kept, version, execute: ownWitness, onDone });
  const { web, identity } = config();
  return {
    ...seriesOf(ledger, (entry) => isOpen(entry, config(), Date.now())),
    ...mailsOf(letters),
    races: readCatalogue,
    ownWitness: (race) => witnesses.get(race),
    matrix: keptMatrix(join(folder, 'matrix.json')),
    status,
    token: web.token && readSecret(web.token, environment),
    pulse,
    archive: identity.archive,
    now: Date.now,
  };
}

/** The series: all of them for who holds the token, and for anybody those that are shown to everybody. */
function seriesOf(
  ledger: Ledger,
  isShown: (entry: Arrived) => boolean,
): Pick<Board, 'list' | 'counts' | 'series'> {
  const { shelf, reviews } = ledger;
  const revision = () => ledger.revision();
  const countAll = untilChanged(revision, () => shelf.counts());
  // An embargo ends without anything being written.
  const minute = () => `${revision()} ${Math.floor(Date.now() / recountMs)}`;
  const countShown = untilChanged(minute, () => shelf.countsOf(isShown));
  const shownAt = (id: string) => {
    const entry = shelf.one(id);
    return entry !== undefined && isShown(entry);
  };
  return {
    list: (query, reader) => shelf.list(query, reader === 'holder' ? undefined : isShown),
    counts: (reader) => (reader === 'holder' ? countAll() : countShown()),
    series: (id, reader) => {
      const review = reviews.get(id);
      if (shelf.one(id) === undefined || review === undefined) return undefined;
      const view = viewOf(review, reviews);
      if (reader === 'holder') return { ...view, answer: reviews.answerOf(id) };
      if (!shownAt(id)) return undefined;
      return { ...view, versions: view.versions.filter((each) => shownAt(each.id)), answer: null };
    },
  };
}

function mailsOf({
  outbox,
}: Correspondence): Pick<Board, 'mails' | 'mail' | 'heldMails' | 'brake' | 'decide'> {
  return {
    mails: (most) => outbox.newest(most),
    mail: (id) => outbox.find(id),
    heldMails: () => outbox.count('held'),
    brake: () => outbox.brake(),
    decide: ({ id, what, why }) => outbox.decide(id, what, why),
  };
}

function watchedPulse(revision: () => string): Pulse {
  const pulse = new Pulse();
  let last = revision();
  setInterval(() => {
    if (pulse.size === 0) return;
    const now = revision();
    if (now !== last) pulse.beat();
    last = now;
  }, lookMs).unref();
  return pulse;
}

/** What takes long to count is counted again when something was written since. */
function untilChanged<Result>(revision: () => string, count: () => Result): () => Result {
  let known: { revision: string; result: Result } | undefined;
  return () => {
    const now = revision();
    if (known?.revision !== now) known = { revision: now, result: count() };
    return known.result;
  };
}

function viewOf(review: Recorded, reviews: Reviews): Omit<SeriesView, 'answer'> {
  const { state, result } = review;
  const stand = result !== undefined ? standOf(result) : state === 'superseded' ? superseded : waiting;
  return { ...review, stand, versions: reviews.versionsOf(review.id) };
}
