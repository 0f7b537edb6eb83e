import type { SaidBy } from '../../simulator/path/explore-paths.js';
import type { FindingStatus } from '../finding/finding.js';
import type { FunctionRun } from './run-paths.js';

/** An alarm as the table of DESIGN section 8 has it. */
export interface ComparedPath {
  status: FindingStatus;
  side: 'before' | 'after';
  run: FunctionRun;
  said: SaidBy;
}

type Runs = ReadonlyMap<string, FunctionRun>;

/** Compares what the rules said before and after. Several functions that reach one place say it once. */
export function comparePaths(before: Runs, after: Runs): ComparedPath[] {
  const was = alarms(before);
  const is = alarms(after);
  const compared: ComparedPath[] = [];
  for (const [signature, { run, said, key }] of is) {
    const status = was.has(signature)
      ? 'present'
      : isClear(before.get(key))
        ? 'introduced'
        : 'unknown-origin';
    compared.push({ status, side: 'after', run, said });
  }
  for (const [signature, { run, said, key }] of was)
    if (!is.has(signature) && isClear(after.get(key)))
      compared.push({ status: 'fixed', side: 'before', run, said });
  return compared;
}

/** Not seen means not there when all paths were looked at, or when there is no such function. */
function isClear(run: FunctionRun | undefined): boolean {
  return run === undefined || run.verdict.over === undefined;
}

interface Alarm {
  run: FunctionRun;
  said: SaidBy;
  key: string;
}

/** By signature: the alarm of the function in which it is seen, or else of the one with the shortest path. */
function alarms(runs: Runs): Map<string, Alarm> {
  const found = new Map<string, Alarm>();
  for (const [key, run] of runs) {
    for (const said of run.verdict.said) {
      const signature = `${said.rule.rule} ${said.file} ${said.object}`;
      const known = found.get(signature);
      if (!known || distance(said, run) < distance(known.said, known.run))
        found.set(signature, { run, said, key });
    }
  }
  return found;
}

function distance(said: SaidBy, { fn }: FunctionRun): number {
  return ((said.relies?.fn ?? said.fn) === fn.name ? 0 : 1_000) + said.choices.length;
}
