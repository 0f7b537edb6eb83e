import {
  type Bounds,
  defaultBounds,
  explore,
  programHash,
  type Scenario,
  sameRun,
} from '../../simulator/index.js';
import type { Code } from '../code/code.js';
import { brokenNames } from './break-code.js';
import { type Linked, link } from './link.js';
import { nothingRun, type Outcome } from './outcome.js';
import type { Race } from './race.js';
import { takenForNothing } from './taken-for-nothing.js';
import { executeAgain, type Violation } from './violation.js';

export interface JudgeOptions {
  config?: ReadonlyMap<string, string>;
  bounds?: Partial<Bounds>;
}

/** The functions under review that a race can reach on some code; none where it does not exist. */
export function reachedBy(race: Race, code: Code, config?: ReadonlyMap<string, string>): string[] {
  const linked = link(race, code, config);
  return 'absent' in linked ? [] : linked.compilation.reached;
}

const outcomes = new WeakMap<Code, WeakMap<Race, { asked: string; outcome: Outcome }>>();

/** Replays a race on some code, under every interleaving; once for the same code and bounds. */
export function judge(race: Race, code: Code, options: JudgeOptions = {}): Outcome {
  const asked = JSON.stringify([[...(options.config ?? [])], options.bounds ?? {}]);
  const known = outcomes.get(code)?.get(race);
  if (known?.asked === asked) return known.outcome;
  const outcome = judgeAnew(race, code, options);
  const own = outcomes.get(code) ?? new WeakMap();
  outcomes.set(code, own.set(race, { asked, outcome }));
  return outcome;
}

/**
 * The outcome on other code of a race that holds on some, where both are the same but for what was never run: the
 * patch changes nothing that any interleaving comes to. Undefined where it has to be searched.
 */
export function judgeAlike(holding: Outcome, code: Code, options: JudgeOptions = {}): Outcome | undefined {
  const { race, verdict, bound, scenario, entered, runs } = holding;
  if (verdict !== 'holds' || bound !== 'complete' || scenario === undefined) return undefined;
  if (options.bounds?.full === true) return undefined;
  const linked = link(race, code, options.config);
  if ('absent' in linked) return undefined;
  const { missing, doubtful, reached } = linked.compilation;
  if (missing.length > 0 || doubtful.length > 0) return undefined;
  const same = sameRun(scenario.program, linked.scenario.program, entered, runs);
  return same && { ...holding, runs: same, reached, scenario: linked.scenario };
}

function judgeAnew(race: Race, code: Code, options: JudgeOptions): Outcome {
  const nothing = nothingRun(race);
  const linked = link(race, code, options.config);
  if ('absent' in linked) return { ...nothing, verdict: 'absent', why: [linked.absent] };
  const { scenario, compilation } = linked;
  const known = { ...nothing, reached: compilation.reached, scenario };
  return { ...known, ...(refusalOf(compilation) ?? search(race, scenario, compilation, options)) };
}

/** What keeps a program from being searched at all; undefined for nearly every one. */
function refusalOf({
  missing,
  doubtful,
}: Linked['compilation']): Pick<Outcome, 'verdict' | 'why'> | undefined {
  if (missing.length > 0) return { verdict: 'absent', why: missing.map((name) => `${name}() is missing`) };
  if (doubtful.length === 0) return undefined;
  const why = doubtful.map((name) => `${name} tells kernels apart, and is a name of the file's own`);
  return { verdict: 'not-analysed', why };
}

/** Explores all interleavings, and executes every violation again: of one that does not replay only that is told. */
function search(
  race: Race,
  scenario: Scenario,
  { reached }: Linked['compilation'],
  options: JudgeOptions,
): Omit<Outcome, 'race' | 'newCalls' | 'reached' | 'scenario'> {
  const explored = explore(scenario, { ...defaultBounds, ...options.bounds });
  const { bound, states, transitions, unknown, entered, runs } = explored;
  const assumptions = [...explored.assumptions, ...takenForNothing(unknown, explored.why)];
  const suspects = new Set(brokenNames(race));
  const again = explored.violations.map((found) => executeAgain(scenario, found, suspects));
  const shown = again.filter((violation) => violation !== undefined);
  const [ends, violations] = [shown.filter(isEndOfModel), shown.filter((one) => !isEndOfModel(one))];
  const lost = again.length - shown.length;
  const why = [
    ...explored.why,
    ...(lost > 0 ? [`${lost} of ${again.length} witnesses did not replay`] : []),
    ...new Set(ends.map(({ message }) => `${message}: the model ends there`)),
  ];
  const verdict = violations.length > 0 ? 'violated' : why.length > 0 ? 'not-analysed' : 'holds';
  const reviewed = new Set(reached);
  const functions = entered.filter((name) => reviewed.has(name));
  const hash = violations.length > 0 ? programHash(scenario.program) : '';
  return {
    ...{ verdict, violations, ends, bound, why, states, transitions, assumptions, unknown },
    ...{ functions, entered, runs, hash },
  };
}

/** Words of the model about itself, not about the code (simulator/kernel/README.md). */
function isEndOfModel({ rule }: Violation): boolean {
  return rule === 'model';
}
