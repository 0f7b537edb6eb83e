import type { ChangedLine } from '../code/changed-lines.js';
import type { TouchedFunction } from '../code/touched.js';
import type { Finding } from '../finding/finding.js';
import type { NotAnalysed, Touched } from '../finding/review.js';
import { type IsRun, isRunBy, type LineRun, unrunLines } from './line-runs.js';
import { boundText } from './outcome.js';
import type { Judgement, RaceReview } from './replay-race.js';

/** One race on both versions of the code. */
type Replayed = Pick<RaceReview, 'before' | 'after'> & { replay: { race: string } };

/** A function counts as modelled when a scenario that could be judged has executed it. */
export function touchedBy(
  touched: readonly TouchedFunction[],
  replayed: readonly Replayed[],
  scenario: string,
): Touched[] {
  return touched.map(({ file, name, only }) => {
    const why = whyNot(name, only, replayed, scenario);
    return { file, function: name, modelled: why === null, why };
  });
}

/**
 * What a reader must not take for clean: functions no scenario shows, scenarios that could not be judged, and what
 * is changed where none of them comes.
 */
export function notAnalysed(
  touched: readonly TouchedFunction[],
  replayed: readonly Replayed[],
  scenario = 'scenario',
  findings: readonly Finding[] = [],
): NotAnalysed[] {
  const functions = touched.flatMap(({ name, only }) => {
    const why = only === 'before' ? null : whyNot(name, only, replayed, scenario);
    return why === null ? [] : [{ what: `${name}()`, why }];
  });
  // Lines of a function that is gone are nobody's any more.
  const modelled = touched.filter(
    ({ name, only }) => only !== 'before' && whyNot(name, only, replayed, scenario) === null,
  );
  const runs = replayed.map(({ before, after }) => ({ before: linesOf(before), after: linesOf(after) }));
  return [
    ...functions,
    ...unjudged(replayed),
    ...unrunLines([...new Set(modelled.map(({ name }) => name))], runs, findings),
  ];
}

/** Of the races that could be judged after a patch: whether they have come to a place there. */
export function placesRun(replayed: readonly Replayed[], changed: readonly ChangedLine[]): IsRun {
  const runs = replayed
    .filter(({ after }) => isJudged(after))
    .map(({ before, after }) => ({
      before: linesOf(before),
      after: linesOf(after),
      functions: after.functions,
    }));
  return isRunBy(runs, changed);
}

function linesOf(judgement: Judgement): readonly LineRun[] {
  return isJudged(judgement) ? judgement.lines : [];
}

function whyNot(
  name: string,
  only: TouchedFunction['only'],
  replayed: readonly Replayed[],
  scenario: string,
): string | null {
  const executing = replayed.flatMap(({ before, after }) =>
    (only === 'before' ? [before] : [after]).filter((one) => one.functions.includes(name)),
  );
  if (executing.some(isJudged)) return null;
  if (only === 'before') return 'the patch removes it';
  return executing[0]?.why[0] ?? `no ${scenario} executes it`;
}

function isJudged({ verdict }: Judgement): boolean {
  return verdict === 'holds' || verdict === 'violated';
}

/** Scenarios with the same reason are told together, and once where it is that of both sides. */
function unjudged(replayed: readonly Replayed[]): NotAnalysed[] {
  const races = new Map<string, { why: string; side: string; ids: string[] }>();
  const note = (side: string, id: string, why: string) => {
    const known = races.get(`${side} ${why}`) ?? { why, side, ids: [] };
    races.set(`${side} ${why}`, known);
    if (!known.ids.includes(id)) known.ids.push(id);
  };
  for (const { replay, before, after } of replayed) {
    const bothAbsent = before.verdict === 'absent' && after.verdict === 'absent';
    for (const [side, outcome] of Object.entries({ before, after })) {
      for (const why of bothAbsent ? [] : outcome.why) note(side, replay.race, why);
      const { bound } = outcome;
      if (bound !== undefined && bound !== 'complete' && bound.preemptions >= 0) {
        note(side, replay.race, `only ${boundText(bound)}`);
      }
    }
  }
  const both = new Map<string, { why: string; sides: string[]; ids: string[] }>();
  for (const { why, side, ids } of races.values()) {
    const key = `${why} ${ids.join()}`;
    both.set(key, { why, ids, sides: [...(both.get(key)?.sides ?? []), side] });
  }
  return [...both.values()].map(({ why, sides, ids }) => {
    return { what: `${racesPhrase(ids)}, ${sides.join(' and ')} the patch`, why };
  });
}

/** Races by their names, or how many where there are many. */
export function racesPhrase(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.length} races (${ids[0]}, ${ids[1]}, ...)` : ids.join(', ');
}
