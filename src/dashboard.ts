import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/config.js';
import { readSecret } from './config/secret.js';
import { toolVersions } from './config/version.js';
import type { MatrixReport } from './finding/matrix.js';
import { standOf, superseded, waiting } from './finding/stand.js';
import type { Status } from './finding/status.js';
import { OwnWitnesses } from './own-witnesses.js';
import { type Arrived, isOpen } from './policy/is-open.js';
import { ownWitness } from './race/own-witness.js';
import type { Race } from './race/race.js';
import { readCatalogue } from './race/read.js';
import type { Correspondence } from './reply/correspondence.js';
import type { Ledger } from './store/ledger.js';
import type { Recorded } from './store/reviews.js';
import type { Board, SeriesView } from './web/board.js';
import { Pulse } from './web/pulse.js';

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

/** A matrix is some kilobytes for each kernel. */
const mostMatrixBytes = 20_000_000;

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
  const { outbox } = letters;
  const { web, identity } = config();
  const isShown = (entry: Arrived) => isOpen(entry, config(), Date.now());
  const isShownAt = (id: string) => {
    const entry = ledger.shelf.one(id);
    return entry !== undefined && isShown(entry);
  };
  const countAll = untilChanged(
    () => ledger.revision(),
    () => ledger.shelf.counts(),
  );
  // An embargo ends without anything being written.
  const countShown = untilChanged(
    () => `${ledger.revision()} ${Math.floor(Date.now() / recountMs)}`,
    () => ledger.shelf.countsOf(isShown),
  );
  let catalogue: Race[] | undefined;
  const races = () => {
    catalogue ??= readCatalogue();
    return catalogue;
  };
  return {
    list: (query, reader) => ledger.shelf.list(query, reader === 'holder' ? undefined : isShown),
    counts: (reader) => (reader === 'holder' ? countAll() : countShown()),
    series: (id, reader) => {
      const entry = ledger.shelf.one(id);
      const review = ledger.reviews.get(id);
      if (entry === undefined || review === undefined) return undefined;
      if (reader !== 'holder' && !isShown(entry)) return undefined;
      const view = viewOf(review, ledger);
      if (reader === 'holder') return { ...view, answer: ledger.reviews.answerOf(id) };
      const versions = view.versions.filter((each) => isShownAt(each.id));
      return { ...view, versions, answer: null };
    },
    races,
    ownWitness: (race) => witnesses.get(race),
    matrix: keptMatrix(join(folder, 'matrix.json')),
    status,
    mails: (most) => outbox.newest(most),
    mail: (id) => outbox.find(id),
    heldMails: () => outbox.count('held'),
    brake: () => outbox.brake(),
    decide: ({ id, what, why }) => outbox.decide(id, what, why),
    token: web.token && readSecret(web.token, environment),
    pulse,
    archive: identity.archive,
    now: Date.now,
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

function viewOf(review: Recorded, { reviews }: Ledger): Omit<SeriesView, 'answer'> {
  const { state, result } = review;
  const stand = result !== undefined ? standOf(result) : state === 'superseded' ? superseded : waiting;
  return { ...review, stand, versions: reviews.versionsOf(review.id) };
}

/** The matrix that somebody had executed and put beside the store; read again when it is another file. */
function keptMatrix(file: string): () => MatrixReport | string {
  let read: { stamp: string; matrix: MatrixReport | string } | undefined;
  return () => {
    if (!existsSync(file))
      return 'No kernels were looked at yet: faultline matrix --tree A --tree B -o matrix.json in the folder of the daemon.';
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs} ${size}`;
    if (read?.stamp !== stamp)
      read = { stamp, matrix: size > mostMatrixBytes ? 'It is too long.' : readMatrix(file) };
    return read.matrix;
  };
}

function readMatrix(file: string): MatrixReport | string {
  try {
    const matrix = JSON.parse(readFileSync(file, 'utf8')) as MatrixReport;
    const whole = [matrix.trees, matrix.rows, matrix.disagreements].every(Array.isArray);
    return matrix.version === 1 && whole ? matrix : 'matrix.json is not what faultline matrix writes.';
  } catch {
    return 'matrix.json cannot be read.';
  }
}
