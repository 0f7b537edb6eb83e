import type { SaidBy } from '../../simulator/path/explore-paths.js';
import type { FindingStatus } from '../finding/finding.js';
import { type FunctionRun, keyOf } from './run-paths.js';

/** An alarm as the table of DESIGN section 8 has it. */
export interface ComparedPath {
  status: FindingStatus;
  side: 'before' | 'after';
  run: FunctionRun;
  said: SaidBy;
  /** What is taken for granted on the other side, where this is not seen. */
  assumptions: string[];
}

type Runs = ReadonlyMap<string, FunctionRun>;

/** Where a line of a file stood before the patch; undefined for one that it adds. */
export type Moved = (file: string, line: number) => number | undefined;

/** Compares what the rules said before and after. Several functions that reach one place say it once. */
export function comparePaths(before: Runs, after: Runs, moved: Moved = (_, line) => line): ComparedPath[] {
  const was = alarms(before, (_, line) => line, after);
  const is = alarms(after, moved, before);
  const known = pairs(was, is);
  const compared: ComparedPath[] = [];
  for (const [signature, { run, said, key }] of is) {
    const status = known.has(signature)
      ? 'present'
      : isClear(before.get(key))
        ? 'introduced'
        : 'unknown-origin';
    const assumptions = status === 'introduced' ? assumedOf(before.get(key), said) : [];
    compared.push({ status, side: 'after', run, said, assumptions });
  }
  const left = new Set(known.values());
  // Of a function that is gone nothing was mended: what was said of it cannot be held against anything.
  for (const [signature, { run, said, key }] of was)
    if (!left.has(signature) && after.has(key) && isClear(after.get(key)))
      compared.push({
        status: 'fixed',
        side: 'before',
        run,
        said,
        assumptions: assumedOf(after.get(key), said),
      });
  return compared;
}

type Alarms = ReadonlyMap<string, Alarm>;

/**
 * Signatures of what is there before and after: after it, and before it. Where the line that it begins at was itself
 * changed, one of before and one of after about the same thing are one that has been rewritten; so are two in which a
 * function that is gone and one that is new do the same.
 */
function pairs(was: Alarms, is: Alarms): Map<string, string> {
  const paired = new Map([...is.keys()].filter((each) => was.has(each)).map((each) => [each, each]));
  const open = [...was].filter(([signature]) => !is.has(signature));
  const pairBy = (likeness: (alarm: Alarm) => string | undefined) => {
    for (const [signature, alarm] of is) {
      const like = paired.has(signature) ? undefined : likeness(alarm);
      const at = like === undefined ? -1 : open.findIndex(([, other]) => likeness(other) === like);
      if (at >= 0) paired.set(signature, open.splice(at, 1)[0]![0]);
    }
  };
  pairBy(({ about }) => about);
  pairBy(({ renamed }) => renamed);
  return paired;
}

/** Not seen means not there when all paths were looked at, or when there is no such function. */
function isClear(run: FunctionRun | undefined): boolean {
  return run === undefined || run.verdict.over === undefined;
}

function assumedOf(run: FunctionRun | undefined, { rule }: SaidBy): string[] {
  const excused = run?.verdict.excused.filter((one) => one.rule.rule === rule.rule) ?? [];
  return [...new Set(excused.flatMap(({ excuse = [] }) => excuse))];
}

interface Alarm {
  /** The rule and what it is about, wherever in the function it begins. */
  about: string;
  /** That without the name of the function, where only this side has it. */
  renamed: string | undefined;
  run: FunctionRun;
  said: SaidBy;
  key: string;
}

/** By signature: the alarm of the function in which it is seen, or else of the one with the shortest path. */
function alarms(runs: Runs, moved: Moved, others: Runs): Map<string, Alarm> {
  const found = new Map<string, Alarm>();
  const isOnlyHere = (key: string) => runs.has(key) && !others.has(key);
  for (const [key, run] of runs) {
    for (const said of run.verdict.said) {
      const about = `${said.rule.rule} ${said.file} ${said.object}`;
      const { begins, relies = said } = said;
      const of = keyOf({ file: relies.file, name: relies.fn });
      const seenIn = isOnlyHere(key) ? '' : key;
      const renamed = isOnlyHere(of) ? `${about.replace(relies.fn, '')} ${seenIn}` : undefined;
      const signature =
        begins === undefined ? about : `${about} ${moved(relies.file, begins) ?? `new ${begins}`}`;
      const known = found.get(signature);
      if (!known || distance(said, run) < distance(known.said, known.run))
        found.set(signature, { about, renamed, run, said, key });
    }
  }
  return found;
}

function distance(said: SaidBy, { fn }: FunctionRun): number {
  return ((said.relies?.fn ?? said.fn) === fn.name ? 0 : 1_000) + said.choices.length;
}
