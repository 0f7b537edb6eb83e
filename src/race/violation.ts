import {
  type Act,
  decodeSchedule,
  encodeSchedule,
  type Found,
  type Program,
  replay,
  type Scenario,
} from '../../simulator/index.js';
import { type Cause, causeOf } from './cause.js';

/** One violation, executed a second time: its rule is the cause's when the interleaving proves one. */
export interface Violation {
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
  /** Its place is that of a suspect: what is shown there may have been brought about elsewhere. */
  isSuspected: boolean;
  /** What was executed: it knows what lies where. */
  program: Program;
}

/** A report without a replayable witness is a bug: every violation is executed again before it is told. */
export function executeAgain(
  scenario: Scenario,
  found: Found,
  suspects: ReadonlySet<string>,
): Violation | undefined {
  const schedule = encodeSchedule(found.schedule);
  const again = executeSchedule(scenario, schedule, suspects);
  if (again === undefined || again.message !== found.message) return undefined;
  const { preemptions, switches, steps, signature, cuts } = found;
  return { ...again, preemptions, switches, steps, signature, cuts };
}

/**
 * Executes a schedule; undefined when it ends in no violation (or does not fit). What only a check of the race or
 * of a role shows is told of the last of the race's `suspects` that was executed: a check comes when something is over,
 * wherever threads are then.
 */
export function executeSchedule(
  scenario: Scenario,
  schedule: string,
  suspects: ReadonlySet<string>,
): Violation | undefined {
  const segments = decodeSchedule(schedule);
  if (segments === undefined) return undefined;
  const { acts, problem } = replay(scenario, segments);
  if (problem === undefined) return undefined;
  const cause = causeOf(acts, problem.rule, namesOf(scenario));
  const own = acts.filter((act) => act.thread === problem.thread || problem.thread < 0);
  const origins = scenario.program.functions.filter(({ name }) => name === problem.function);
  const inRace = origins.some(({ origin }) => origin === 'race');
  const isCheck = problem.thread < 0 || origins.some(({ origin }) => origin === 'race' || origin === 'role');
  const isSuspect = (act: Act) => isUnderReview(act) && suspects.has(act.fn.name);
  const suspect = isCheck && problem.rule !== 'lost-wakeup' ? acts.findLast(isSuspect) : undefined;
  const left = leftHeld(own, problem.rule);
  const last = left ?? suspect ?? own.findLast(isAround) ?? own.at(-1) ?? acts.at(-1);
  const isSuspected = cause === undefined && last !== undefined && last === suspect;
  return {
    signature: '',
    cuts: true,
    rule: cause?.rule ?? problem.rule,
    symptom: cause === undefined ? undefined : problem.rule,
    message: problem.message,
    function: cause?.function ?? ((!inRace && !isSuspected && problem.function) || last?.fn.name || ''),
    file: cause?.file ?? last?.fn.file ?? '',
    line: cause?.line ?? last?.line ?? 0,
    thread: problem.thread < 0 ? (last?.thread ?? 0) : problem.thread,
    schedule,
    preemptions: 0,
    switches: segments.length - 1,
    steps: acts.length,
    acts,
    cause,
    isSuspected,
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
