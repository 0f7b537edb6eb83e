import type { Finding } from '../finding/finding.js';
import type { Replay } from '../finding/replay.js';
import type { ReviewOptions } from '../finding/request.js';
import type { NotAnalysed, Touched } from '../finding/review.js';
import { whyTooWide } from './choose.js';
import type { IsRun } from './line-runs.js';
import { mergeSightings } from './make-finding.js';
import { missingGaps } from './missing-files.js';
import { notAnalysed, placesRun, racesPhrase, touchedBy } from './not-analysed.js';
import type { Race } from './race.js';
import { type ReviewedChange, reachesTouched } from './replay-race.js';
import { searchOptions } from './search-options.js';
import { spread } from './spread.js';

export interface ChangeReview {
  touched: Touched[];
  findings: Finding[];
  replays: Replay[];
  notAnalysed: NotAnalysed[];
  /** Whether a race has come to a place after the patch, and to what it changes in that function. */
  isRun: IsRun;
}

/** Replays every race that reaches a touched function, before and after, and compares what is seen. */
export async function reviewChange(
  change: ReviewedChange,
  races: readonly Race[],
  options: ReviewOptions,
): Promise<ChangeReview> {
  const input = { change: plain(change), options: searchOptions(options) };
  const fits = (race: Race) => whyTooWide(race, options.threads) === undefined;
  const concerned = change.touched.length > 0 ? races.filter(fits) : [];
  const reviewed = (await spread('review', input, concerned, options)).filter((one) => one !== undefined);
  // What others would execute is not known where some were asked for.
  const isAll = options.races.length === 0 && races.every(fits);
  const scenario = isAll ? 'scenario' : 'scenario that was asked for';
  const findings = mergeSightings(reviewed.flatMap(({ sightings }) => sightings));
  return {
    touched: touchedBy(change.touched, reviewed, scenario),
    findings,
    replays: reviewed.map(({ replay }) => replay),
    isRun: placesRun(reviewed, change.changed.after),
    notAnalysed: [
      ...notAnalysed(change.touched, reviewed, scenario, findings),
      ...missingGaps(change, races),
      ...tooWide(
        races.filter((race) => !fits(race) && reachesTouched(race, change, options.config)),
        options.threads,
      ),
    ],
  };
}

/** Races that were left out because of their threads, together. */
function tooWide(races: readonly Race[], threads: number | undefined): NotAnalysed[] {
  const more = [...new Set(races.map((race) => race.threads.length))].sort().join(' or ');
  const why = `${races.length === 1 ? 'it has' : 'they have'} ${more} threads, and --threads ${threads} leaves ${races.length === 1 ? 'it' : 'them'} out`;
  return races.length === 0 ? [] : [{ what: racesPhrase(races.map(({ id }) => id)), why }];
}

/** Only what the replay needs: a change may carry more, and all of it would be copied from thread to thread. */
function plain({ before, after, touched, changed }: ReviewedChange): ReviewedChange {
  return { before, after, touched, changed };
}
