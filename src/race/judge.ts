import {
  type Act,
  type Bounds,
  decodeSchedule,
  defaultBounds,
  type Verdict as Explored,
  encodeSchedule,
  explore,
  type Found,
  type Program,
  programHash,
  type Run,
  replay,
  type Scenario,
  sameRun,
} from '../../simulator/index.js';
import type { Code } from '../code/code.js';
import type { Verdict } from '../finding/verdict.js';
import { type Cause, causeOf } from './cause.js';
import { link } from './link.js';
import type { Race } from './race.js';

/** One violation, executed a second time: its rule is the cause's when the interleaving proves one. */
export interface Judged {
  signature: string;
  /** It ended its interleaving early, so that it may hide what would have come after. */
  cuts: boolean;
  rule: string;
  /** The rule of what was seen first, when a cause outranks it. */
  symptom: string | undefined;
  message: string;
  function: string;
  file: string;
  line: number;
  thread: number;
  schedule: string;
  preemptions: number;
  switches: number;
  steps: number;
  acts: Act[];
  cause: Cause | undefined;
  /** What was executed: it knows what lies where. */
  program: Program;
}

/** A race on one version of the code. */
export interface Outcome {
  race: Race;
  verdict: Verdict;
  violations: Judged[];
  /** Where the code did what the model has no room for: nothing is known of what comes behind. */
  ends: Judged[];
  bound: Explored['bound'] | undefined;
  why: string[];
  states: number;
  transitions: number;
  assumptions: string[];
  /** Functions that nobody has and whose values nobody used: calls of them were taken for nothing. */
  unknown: string[];
  /** Those of them that the other side of a patch was not seen to call (new-calls.ts). */
  newCalls: string[];
  /** Functions under review that were executed. */
  functions: string[];
  /** All functions that were entered, and what was run of those under review. */
  entered: string[];
  runs: Run[];
  /** Functions under review that the scenario could reach. */
  reached: string[];
  /** Of the program, for witnesses; empty where there is no violation. */
  hash: string;
  scenario: Scenario | undefined;
}

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
  const linked = link(race, code, options.config);
  const nothing = {
    race,
    violations: [],
    ends: [],
    bound: undefined,
    states: 0,
    transitions: 0,
    assumptions: [],
    unknown: [],
    newCalls: [],
    functions: [],
    entered: [],
    runs: [],
  };
  if ('absent' in linked) {
    return {
      ...nothing,
      verdict: 'absent',
      why: [linked.absent],
      reached: [],
      hash: '',
      scenario: undefined,
    };
  }
  const { scenario, compilation } = linked;
  const known = { reached: compilation.reached, hash: '', scenario };
  if (compilation.missing.length > 0) {
    return {
      ...nothing,
      ...known,
      verdict: 'absent',
      why: compilation.missing.map((name) => `${name}() is missing`),
    };
  }
  if (compilation.doubtful.length > 0) {
    const why = compilation.doubtful.map(
      (name) => `${name} tells kernels apart, and is a name of the file's own`,
    );
    return { ...nothing, ...known, verdict: 'not-analysed', why };
  }
  const explored = explore(scenario, { ...defaultBounds, ...options.bounds });
  const violations = explored.violations.map((found) => rejudge(scenario, found));
  const lost = violations.filter((violation) => violation === undefined).length;
  if (lost > 0) explored.why.push(`${lost} of ${violations.length} witnesses did not replay`);
  const all = violations.filter((violation) => violation !== undefined);
  const [ends, judged] = [all.filter(isEndOfModel), all.filter((one) => !isEndOfModel(one))];
  explored.why.push(...new Set(ends.map(({ message }) => `${message}: the model ends there`)));
  const verdict = judged.length > 0 ? 'violated' : explored.why.length > 0 ? 'not-analysed' : 'holds';
  const reviewed = new Set(compilation.reached);
  return {
    race,
    verdict,
    violations: judged,
    ends,
    bound: explored.bound,
    why: explored.why,
    states: explored.states,
    transitions: explored.transitions,
    assumptions: explored.assumptions,
    unknown: explored.unknown,
    newCalls: [],
    functions: explored.entered.filter((name) => reviewed.has(name)),
    entered: explored.entered,
    runs: explored.runs,
    ...known,
    hash: judged.length > 0 ? programHash(scenario.program) : '',
  };
}

/** Words of the model about itself, not about the code (simulator/kernel/README.md). */
function isEndOfModel({ rule }: Judged): boolean {
  return rule === 'model';
}

/** A report without a replayable witness is a bug: every violation is executed again before it is told. */
function rejudge(scenario: Scenario, found: Found): Judged | undefined {
  const schedule = encodeSchedule(found.schedule);
  const judged = judgeSchedule(scenario, schedule);
  if (judged === undefined || judged.message !== found.message) return undefined;
  const { preemptions, switches, steps, signature, cuts } = found;
  return { ...judged, preemptions, switches, steps, signature, cuts };
}

/** Executes a schedule; undefined when it ends in no violation (or does not fit). */
export function judgeSchedule(scenario: Scenario, schedule: string): Judged | undefined {
  const segments = decodeSchedule(schedule);
  if (segments === undefined) return undefined;
  const { acts, problem } = replay(scenario, segments);
  if (problem === undefined) return undefined;
  const cause = causeOf(acts, problem.rule, namesOf(scenario));
  const own = acts.filter((act) => act.thread === problem.thread || problem.thread < 0);
  const last = leftHeld(own, problem.rule) ?? own.findLast(isAround) ?? own.at(-1) ?? acts.at(-1);
  const inRace = own.at(-1)?.fn.name === problem.function && own.at(-1)?.fn.origin === 'race';
  return {
    signature: '',
    cuts: true,
    rule: cause?.rule ?? problem.rule,
    symptom: cause === undefined ? undefined : problem.rule,
    message: problem.message,
    function: cause?.function ?? ((!inRace && problem.function) || last?.fn.name || ''),
    file: cause?.file ?? last?.fn.file ?? '',
    line: cause?.line ?? last?.line ?? 0,
    thread: problem.thread < 0 ? (last?.thread ?? 0) : problem.thread,
    schedule,
    preemptions: 0,
    switches: segments.length - 1,
    steps: acts.length,
    acts,
    cause,
    program: scenario.program,
  };
}

/** Executed for its own sake: not by the race's own words. */
const isAround = (act: Act) => act.fn.origin !== 'race';

const isUnderReview = (act: Act) => ['reviewed', 'baseline', 'broken'].includes(act.fn.origin);

/** Where the code under review took what a thread still holds when it ends. */
function leftHeld(own: readonly Act[], rule: string): Act | undefined {
  if (rule !== 'lock-leak') return undefined;
  const taken = own.findLastIndex(
    (act, at) =>
      act.kind === 'acquire' &&
      !own.slice(at + 1).some((later) => later.kind === 'release' && later.args[0] === act.args[0]),
  );
  return own.slice(0, taken + 1).findLast(isUnderReview);
}

const names = new WeakMap<Scenario, ReadonlySet<string>>();

function namesOf(scenario: Scenario): ReadonlySet<string> {
  const known = names.get(scenario) ?? new Set(scenario.program.functions.map(({ name }) => name));
  names.set(scenario, known);
  return known;
}

export function boundText(bound: Outcome['bound']): string | null {
  if (bound === undefined) return null;
  if (bound === 'complete') return 'complete';
  if (bound.preemptions < 0) return 'nothing complete';
  const most = `${bound.preemptions} preemption${bound.preemptions === 1 ? '' : 's'}`;
  return `complete up to ${most}, livelocks not looked for`;
}
