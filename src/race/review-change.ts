import type { ChangedLine } from '../code/changed-lines.js';
import type { Code } from '../code/code.js';
import type { TouchedFunction } from '../code/touched.js';
import type { Finding } from '../finding/finding.js';
import type { Replay } from '../finding/replay.js';
import type { ReviewOptions } from '../finding/request.js';
import type { NotAnalysed, Touched } from '../finding/review.js';
import { judgeOptions } from './check.js';
import { compare } from './compare.js';
import { boundText, judge, type Outcome, reachedBy } from './judge.js';
import { makeFindings, type PatchPlaces } from './make-finding.js';
import { notAnalysed, type Replayed, touchedBy } from './not-analysed.js';
import type { Race } from './race.js';

/** A patch as the replay needs it. */
export interface ReviewedChange {
  before: Code;
  after: Code;
  touched: TouchedFunction[];
  changed: { before: ChangedLine[]; after: ChangedLine[] };
}

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
  const names = new Set(change.touched.map(({ name }) => name));
  const replayed: Replayed[] = [];
  for (const [done, race] of names.size > 0 ? races.entries() : []) {
    options.onProgress?.({ what: race.id, done, of: races.length });
    const pair = replayRace(race, change, names, options);
    if (pair !== undefined) replayed.push(pair);
    await new Promise(setImmediate);
  }
  const compared = replayed.flatMap(({ before, after }) => compare(before, after));
  return {
    touched: touchedBy(change.touched, replayed),
    findings: makeFindings(compared, placesOf(change)),
    replays: replayed.map(({ before, after }) => replayOf(before, after)),
    notAnalysed: notAnalysed(change.touched, replayed),
  };
}

/** Undefined when the race has nothing to do with what the patch touches: it never executes it. */
function replayRace(
  race: Race,
  change: ReviewedChange,
  names: ReadonlySet<string>,
  options: ReviewOptions,
): Replayed | undefined {
  const reaches = (code: Code) => reachedBy(race, code, options.config).some((name) => names.has(name));
  if (!reaches(change.after) && !reaches(change.before)) return undefined;
  const how = judgeOptions(options);
  const after = judge(race, change.after, how);
  // Both versions are the same until a touched function is entered: where one never is, neither is the other.
  const executes = after.functions.some((name) => names.has(name));
  if (!executes && after.bound === 'complete' && after.why.length === 0) return undefined;
  const before = judge(race, change.before, how);
  return executes || before.functions.some((name) => names.has(name)) ? { before, after } : undefined;
}

/** Where and in what text findings are told. */
export function placesOf(change: ReviewedChange): PatchPlaces {
  const source = (code: Code) => {
    const lines = new Map([...code.files].map(([path, text]) => [path, text.split('\n')]));
    return (file: string, line: number) => lines.get(file)?.[line - 1];
  };
  return {
    ...change.changed,
    sourceBefore: source(change.before),
    sourceAfter: source(change.after),
    onBaseline: change.after.baseline,
  };
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
    nodes: before.nodes + after.nodes,
    functions: [...new Set([...before.functions, ...after.functions])].sort(),
    assumptions: [...new Set([...before.assumptions, ...after.assumptions])].sort(),
  };
}
