import type { Finding } from '../finding/finding.js';
import type { Replay } from '../finding/replay.js';
import type { ReviewOptions } from '../finding/request.js';
import type { NotAnalysed, Touched } from '../finding/review.js';
import { mergeSightings } from './make-finding.js';
import { notAnalysed, touchedBy } from './not-analysed.js';
import type { Race } from './race.js';
import type { ReviewedChange } from './replay-race.js';
import { searchOptions } from './search-options.js';
import { spread } from './spread.js';

export interface ChangeReview {
  touched: Touched[];
  findings: Finding[];
  replays: Replay[];
  notAnalysed: NotAnalysed[];
}

/** Replays every race that reaches a touched function, before and after, and compares what is seen. */
export async function reviewChange(
  change: ReviewedChange,
  races: readonly Race[],
  options: ReviewOptions,
): Promise<ChangeReview> {
  const input = { change: plain(change), options: searchOptions(options) };
  const concerned = change.touched.length > 0 ? races : [];
  const reviewed = (await spread('review', input, concerned, options)).filter((one) => one !== undefined);
  // What others would execute is not known where some were asked for.
  const isAll = options.races.length === 0 && (options.threads ?? 4) >= 4;
  const scenario = isAll ? 'scenario' : 'scenario that was asked for';
  return {
    touched: touchedBy(change.touched, reviewed, scenario),
    findings: mergeSightings(reviewed.flatMap(({ sightings }) => sightings)),
    replays: reviewed.map(({ replay }) => replay),
    notAnalysed: notAnalysed(change.touched, reviewed, scenario),
  };
}

/** Only what the replay needs: a change may carry more, and all of it would be copied from thread to thread. */
function plain({ before, after, touched, changed }: ReviewedChange): ReviewedChange {
  return { before, after, touched, changed };
}
