import type { Code } from '../code/code.js';
import type { CodeChange } from '../code/read-change.js';
import type { Replay } from '../finding/replay.js';
import { compare } from './compare.js';
import { judge, judgeAlike, reachedBy } from './judge.js';
import { type LineRun, runsOf } from './line-runs.js';
import { type Sighting, sight } from './make-finding.js';
import { withNewCalls } from './new-calls.js';
import { boundText, type Outcome } from './outcome.js';
import { placesOf } from './patch-places.js';
import type { Race } from './race.js';
import { judgeOptions, type SearchOptions } from './search-options.js';

/** A patch as the replay needs it. */
export type ReviewedChange = Omit<CodeChange, 'notAnalysed'>;

/** What of an outcome a report needs to know beside its findings. */
export interface Judgement extends Pick<Outcome, 'verdict' | 'functions' | 'why' | 'bound'> {
  /** What the patch changes in functions that the scenario reaches. */
  lines: LineRun[];
}

/** One race on both sides of a patch, as plain data. */
export interface RaceReview {
  replay: Replay;
  before: Judgement;
  after: Judgement;
  sightings: Sighting[];
}

/** Undefined when the race has nothing to do with what the patch touches: it never executes it. */
export function replayRace(
  race: Race,
  change: ReviewedChange,
  options: SearchOptions,
): RaceReview | undefined {
  if (!reachesTouched(race, change, options.config)) return undefined;
  const names = touchedIn(race, change);
  const how = judgeOptions(options);
  const before = judge(race, change.before, how);
  const judged = judgeAlike(before, change.after, how) ?? judge(race, change.after, how);
  // Before the patch may say nothing of it: a function that is new may be one that the model calls where it exists.
  const [was, is] = [before, judged].map(({ functions }) => functions.some((name) => names.has(name)));
  if (!is && (!was || (judged.bound === 'complete' && judged.why.length === 0))) return undefined;
  const after = withNewCalls(before, judged, change.before, change.after);
  const places = placesOf(change);
  const sightings = compare(before, after).map((one) => sight(one, places));
  return {
    replay: replayOf(before, after),
    before: judgement(before, runsOf(before, change.changed.before, names)),
    after: judgement(after, runsOf(after, change.changed.after, names)),
    sightings,
  };
}

/** Whether a race can come to something that the patch touches, on either side. */
export function reachesTouched(
  race: Race,
  change: ReviewedChange,
  config: ReadonlyMap<string, string> | undefined,
): boolean {
  const names = touchedIn(race, change);
  const reaches = (code: Code) => reachedBy(race, code, config).some((name) => names.has(name));
  return names.size > 0 && (reaches(change.after) || reaches(change.before));
}

function touchedIn(race: Race, { touched }: ReviewedChange): Set<string> {
  return new Set(touched.filter(({ file }) => race.files.includes(file)).map(({ name }) => name));
}

function judgement({ verdict, functions, why, bound }: Outcome, lines: LineRun[]): Judgement {
  return { verdict, functions, why, bound, lines };
}

function replayOf(before: Outcome, after: Outcome): Replay {
  const weaker = before.bound === 'complete' ? after : before;
  return {
    race: after.race.id,
    rule: after.race.rule,
    before: before.verdict,
    after: after.verdict,
    bound: boundText(weaker.bound) ?? 'nothing',
    states: before.states + after.states,
    transitions: before.transitions + after.transitions,
    functions: [...new Set([...before.functions, ...after.functions])].sort(),
    assumptions: [...new Set([...before.assumptions, ...after.assumptions])].sort(),
  };
}
