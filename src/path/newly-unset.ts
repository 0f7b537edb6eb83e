import { unsetVariable } from '../../rules/path/unset-variable.js';
import type { SaidBy } from '../../simulator/path/explore-paths.js';
import { unsetIn } from '../../simulator/path/unset.js';
import type { NotAnalysed } from '../finding/review.js';
import type { FunctionRun, Runs } from './run-paths.js';

export interface NewlyUnset {
  before: Runs;
  after: Runs;
  notAnalysed: NotAnalysed[];
}

/**
 * Of variables that a path uses and has not set, those that count: the other side of the patch has the variable, and
 * sets it whatever way is gone. What was unset before is no concern of the patch. Of a variable that is new nothing is
 * said but that it is not analysed: released kernels have some that look like that to the paths, and are right.
 */
export function newlyUnset(before: Runs, after: Runs): NewlyUnset {
  return {
    before: only(before, after),
    after: only(after, before),
    notAnalysed: [...after].flatMap(([key, run]) => gapsOf(run, before.get(key))),
  };
}

const isUnset = ({ rule }: SaidBy): boolean => rule === unsetVariable;

function only(runs: Runs, others: Runs): Runs {
  return new Map(
    [...runs].map(([key, { fn, verdict }]) => {
      const counts = (said: SaidBy) => !isUnset(said) || isSetIn(others.get(key), said.object);
      const [said, excused] = [verdict.said.filter(counts), verdict.excused.filter((one) => !isUnset(one))];
      return [key, { fn, verdict: { ...verdict, said, excused } }];
    }),
  );
}

function gapsOf(run: FunctionRun, before: FunctionRun | undefined): NotAnalysed[] {
  const { said, excused } = run.verdict;
  const told = new Set(
    said.filter((one) => isUnset(one) && isSetIn(before, one.object)).map(({ object }) => object),
  );
  const names = new Set([...said, ...excused].filter(isUnset).map(({ object }) => object));
  return [...names]
    .filter((name) => !told.has(name) && !isUnsetIn(before, name))
    .map((name) => ({
      what: `${run.fn.name}()`,
      why: `a path uses ${name} and has not set it, unless somebody sees to it that there is no such path`,
    }));
}

/** Whether a side has this variable and sets it before it is used, whatever way is gone. */
function isSetIn(run: FunctionRun | undefined, name: string): boolean {
  return run?.fn.names.includes(name) === true && !isUnsetIn(run, name);
}

function isUnsetIn(run: FunctionRun | undefined, name: string): boolean {
  return run !== undefined && unsetIn(run.fn).some((variable) => variable.name === name);
}
