import { leadsOfCode, leadsOfRun, linesOfCode, linesOfRun } from '../../simulator/index.js';
import { type ChangedLine, linesIn } from '../code/changed-lines.js';
import type { Finding } from '../finding/finding.js';
import type { NotAnalysed } from '../finding/review.js';
import type { Place } from '../finding/verdict.js';
import type { Outcome } from './outcome.js';

/** A line of code that a patch adds or takes away, and whether a scenario has run it. */
export interface LineRun {
  function: string;
  line: number;
  ran: boolean;
  /** The lines that it can lead on to, and those of them that a thread went on to. */
  leads: readonly number[];
  led: readonly number[];
}

/** The changed lines of one side that are code, in the functions of these names that a scenario reaches. */
export function runsOf(
  { scenario, runs }: Outcome,
  changed: readonly ChangedLine[],
  names: ReadonlySet<string>,
): LineRun[] {
  return (scenario?.program.functions ?? []).flatMap((fn) => {
    const { name, file } = fn;
    if (!names.has(name)) return [];
    const own = linesIn(file, changed);
    if (own.length === 0) return [];
    const isCode = linesOfCode(fn);
    const run = runs.find((each) => each.fn === fn);
    const ran = run === undefined ? new Set() : linesOfRun(run);
    const leads = leadsOfCode(fn);
    const led = run === undefined ? new Map<number, Set<number>>() : leadsOfRun(run);
    return own
      .filter((line) => isCode.has(line))
      .map((line) => ({
        ...{ function: name, line, ran: ran.has(line) },
        ...{ leads: [...(leads.get(line) ?? [])], led: [...(led.get(line) ?? [])] },
      }));
  });
}

/**
 * Lines that a patch changes and no scenario has run: of the function a reader is told that races run it, and these
 * are the ends for errors and rare cases in which a lock is forgotten. Then lines that are run and ask something to
 * which they have always the same answer, unless a finding tells of that line.
 */
export function unrunLines(
  names: readonly string[],
  replayed: readonly { before: readonly LineRun[]; after: readonly LineRun[] }[],
  findings: readonly Finding[] = [],
): NotAnalysed[] {
  const before = replayed.flatMap((one) => one.before);
  const after = replayed.flatMap((one) => one.after);
  const isTold = (name: string, line: number) =>
    findings.some(({ location, status }) => {
      return status === 'introduced' && location.function === name && location.line === line;
    });
  const oneWayOf = (name: string, runs: readonly LineRun[]) =>
    oneWay(name, runs).filter((line) => !isTold(name, line));
  const say = (why: string, linesOf: (name: string, runs: readonly LineRun[]) => number[]) =>
    names.flatMap((name) => {
      const [was, is] = [linesOf(name, before), linesOf(name, after)];
      if (was.length === 0 && is.length === 0) return [];
      const lines = [
        ...(is.length > 0 ? [told(is)] : []),
        ...(was.length > 0 ? [`before the patch ${told(was)}`] : []),
      ];
      return [{ what: [`${name}()`, ...lines].join(', '), why }];
    });
  return [
    ...say('what the patch changes there was not executed', neverRun),
    ...say(
      'what is asked there had always the same answer: what another leads to was not executed',
      oneWayOf,
    ),
  ];
}

/**
 * Whether races have come to a place after a patch, and to all that it changes in the function: what they do not show
 * there is in doubt, and what only an end for errors shows is not, to which none of them comes.
 */
export type IsRun = (place: Place) => boolean;

export function isRunBy(
  replayed: readonly {
    before: readonly LineRun[];
    after: readonly LineRun[];
    functions: readonly string[];
  }[],
  changed: readonly ChangedLine[],
): IsRun {
  const [after, before] = [replayed.flatMap((one) => one.after), replayed.flatMap((one) => one.before)];
  const functions = new Set(replayed.flatMap((one) => one.functions));
  return ({ file, function: name, line }) => {
    const isChanged = linesIn(file, changed).includes(line);
    const ran = after.some((run) => run.function === name && run.line === line && run.ran);
    const isWhole = neverRun(name, after).length === 0 && neverRun(name, before).length === 0;
    return functions.has(name) && isWhole && (!isChanged || ran);
  };
}

function neverRun(name: string, runs: readonly LineRun[]): number[] {
  const own = runs.filter((run) => run.function === name);
  const ran = new Set(own.filter((run) => run.ran).map(({ line }) => line));
  return [...new Set(own.map(({ line }) => line))].filter((line) => !ran.has(line)).sort((a, b) => a - b);
}

/** Lines that could lead on to several others, and led to one; but for those that lead to changed lines never run. */
function oneWay(name: string, runs: readonly LineRun[]): number[] {
  const own = runs.filter((run) => run.function === name);
  const untold = new Set(neverRun(name, runs));
  const led = new Map<number, Set<number>>();
  for (const { line, led: to } of own) led.set(line, new Set([...(led.get(line) ?? []), ...to]));
  const isOneWay = ({ line, ran, leads }: LineRun) =>
    ran && leads.length > 1 && led.get(line)?.size === 1 && !leads.some((to) => untold.has(to));
  return [...new Set(own.filter(isOneWay).map(({ line }) => line))].sort((a, b) => a - b);
}

/** `line 12`, `lines 12-14 and 20`: lines that follow each other are one. */
function told(lines: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const line of lines) {
    const last = spans.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else spans.push([line, line]);
  }
  const shown = spans.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const list = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
  return `${lines.length === 1 ? 'line' : 'lines'} ${list}`;
}
