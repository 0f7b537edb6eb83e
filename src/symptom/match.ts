import type { MatchedRace, MatchReport } from '../finding/match.js';
import { brokenNames } from '../race/break-code.js';
import { parseVersion } from '../race/kernel-version.js';
import type { Race } from '../race/race.js';
import { readCatalogue } from '../race/read.js';
import { wasSeen } from '../race/seen.js';
import { readReport } from './read-report.js';
import { type KernelReport, symptoms } from './report.js';

/** More than these are no answer. */
const shown = 5;

/** A function says little when many entries have it. */
type Weights = ReadonlyMap<string, number>;

interface Candidate {
  race: Race;
  weight: number;
  why: string[];
}

/**
 * The entries of the catalogue that a report, or a mail about one, is likely to show, best first. One that
 * only shares a caller with the report is not told: at least a function must be shared that few entries have,
 * and what went wrong must be what a violation of its rule looks like.
 */
export function matchReport(text: string): MatchReport {
  const report = readReport(text);
  const races = readCatalogue();
  const weights = weigh(races);
  const found = races
    .map((race) => matchRace(race, report, weights))
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => b.weight - a.weight || (a.race.id < b.race.id ? -1 : 1));
  const best = found[0]?.weight ?? 0;
  return {
    version: 1,
    symptoms: report.symptoms,
    functions: report.traced.length > 0 ? report.traced : report.named,
    kernel: report.kernel ?? null,
    // Far behind the best one stands what shares a function by chance.
    matches: found
      .filter(({ weight }) => weight > best / 3)
      .slice(0, shown)
      .map(tell),
  };
}

function tell({ race, why }: Candidate): MatchedRace {
  const { id, rule, title, seen, fixed, advice } = race;
  return { race: id, rule, title, seen, fixed, advice, why };
}

/** What reports of the race show, and what its own broken code is about. */
function functionsOf(race: Race): Set<string> {
  return new Set([...race.reported, ...brokenNames(race)]);
}

function weigh(races: readonly Race[]): Weights {
  const entries = new Map<string, number>();
  for (const race of races)
    for (const name of functionsOf(race)) entries.set(name, (entries.get(name) ?? 0) + 1);
  return new Map([...entries].map(([name, count]) => [name, 1 / count]));
}

function matchRace(race: Race, report: KernelReport, weights: Weights): Candidate | undefined {
  const history = matchHistory(race, report);
  const version = matchVersion(race, report);
  const trace = version && matchFunctions(race, report, weights);
  if (history === undefined && trace === undefined) return undefined;
  return {
    race,
    weight: (history?.weight ?? 0) + (trace?.weight ?? 0) * (version?.weight ?? 0),
    why: [...(history?.why ?? []), ...(trace?.why ?? []), ...(version?.why ?? [])],
  };
}

type Reasons = Omit<Candidate, 'race'>;

/** The text names the commit that brought the race or the one that mended it, by digits or by subject. */
function matchHistory(race: Race, report: KernelReport): Reasons | undefined {
  const why: string[] = [];
  for (const [line, verb] of [
    [race.introduced, 'introduced'],
    [race.fixed, 'fixed'],
  ] as const) {
    const digits = [...(line ?? '').matchAll(/\b[0-9a-f]{12}\b/g)].map((match) => match[0]);
    const subjects = [...(line ?? '').matchAll(/"([^"]{12,200})"/g)].map((match) => match[1] as string);
    const named =
      digits.find((each) => report.commits.includes(each)) ??
      subjects.find((each) => report.prose.includes(each.toLowerCase()));
    if (named !== undefined) why.push(`the text names what ${verb} it: ${named}`);
  }
  return why.length === 0 ? undefined : { weight: 2 * why.length, why };
}

/** Functions that report and entry share, and a symptom that fits the rule where the report has one. */
function matchFunctions(race: Race, report: KernelReport, weights: Weights): Reasons | undefined {
  const isTrace = report.traced.length > 0;
  const fitting = report.symptoms.find((symptom) =>
    (symptoms[symptom] as readonly string[]).includes(race.rule),
  );
  if (isTrace && fitting === undefined) return undefined;
  const own = functionsOf(race);
  const shared = (isTrace ? report.traced : report.named).filter((name) => own.has(name));
  const weight = shared.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0);
  const enough = isTrace ? 0.2 : 0.5;
  if (weight < enough || (!isTrace && shared.length < 2)) return undefined;
  const names = shared.map((name) => `${name}()`).join(', ');
  const why = [`${isTrace ? 'the trace goes through' : 'the text speaks of'} ${names}`];
  if (fitting !== undefined) why.push(`${fitting} is what ${race.rule} can look like`);
  return { weight, why };
}

/** A kernel that is known not to have had the race does not show it. */
function matchVersion(race: Race, report: KernelReport): Reasons | undefined {
  const version = report.kernel === undefined ? undefined : parseVersion(report.kernel);
  if (version === undefined || race.seen === null) return { weight: 1, why: [] };
  const was = wasSeen(race.seen, version);
  if (was === false) return undefined;
  return was ? { weight: 2, why: [`${report.kernel} is within ${race.seen}`] } : { weight: 1, why: [] };
}
