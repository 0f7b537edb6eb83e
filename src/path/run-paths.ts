import { compileOpen, type OpenProgram } from '../../simulator/c/compile-open.js';
import type { Source } from '../../simulator/c/load.js';
import { defaultPathBudget } from '../../simulator/path/budget.js';
import { explorePaths, type PathVerdict } from '../../simulator/path/explore-paths.js';
import { knownLocks } from '../../simulator/path/known-lock.js';
import { callersOf } from '../../simulator/path/reach.js';
import type { Fn } from '../../simulator/vm/program.js';
import type { Code } from '../code/code.js';
import { readModel } from '../code/model.js';
import { pathRules } from './rules.js';

type Config = ReadonlyMap<string, string> | undefined;

const programs = new WeakMap<Code, OpenProgram>();

/** The files of one side as one program; once for the same code. */
export function programOf(code: Code, config: Config): OpenProgram {
  const known = programs.get(code);
  if (known) return known;
  const origin = code.baseline ? 'baseline' : 'reviewed';
  const sources: Source[] = [...code.files].map(([path, text]) => ({ path, text, origin }));
  const program = compileOpen(sources, readModel().headers, config, knownLocks.keys());
  programs.set(code, program);
  return program;
}

/** What one function's paths showed, or why they were not all looked at. */
export interface FunctionRun {
  fn: Fn;
  verdict: PathVerdict;
}

/** Instructions that are run for one side of a patch; what is left then is not analysed. */
const mostSteps = 3_000_000;

/**
 * Runs the functions of these names, and all that reach them, each by itself. Keys are `file function`. `other`: the
 * other side's runs; a function that was too much there and showed nothing is not run here, since nothing could be
 * said of the two.
 */
export function runPaths(
  code: Code,
  names: ReadonlySet<string>,
  config: Config,
  other?: ReadonlyMap<string, FunctionRun>,
): Map<string, FunctionRun> {
  const { program } = programOf(code, config);
  const runs = new Map<string, FunctionRun>();
  const wanted = reaching(program, names);
  let steps = 0;
  for (const fn of program.functions) {
    if (!wanted.has(fn.name) || !code.files.has(fn.file)) continue;
    const there = other?.get(keyOf(fn));
    if (there !== undefined && isHopeless(there)) {
      runs.set(keyOf(fn), { fn, verdict: { ...there.verdict, steps: 0, paths: 0 } });
      continue;
    }
    const left = steps < mostSteps ? defaultPathBudget : { ...defaultPathBudget, steps: 0 };
    const verdict = explorePaths(program, fn, pathRules, left);
    steps += verdict.steps;
    runs.set(keyOf(fn), { fn, verdict });
  }
  return runs;
}

function isHopeless({ verdict }: FunctionRun): boolean {
  return verdict.over !== undefined && verdict.said.length === 0;
}

export const keyOf = ({ file, name }: { file: string; name: string }): string => `${file} ${name}`;

function reaching(program: OpenProgram['program'], names: ReadonlySet<string>): Set<string> {
  const callers = callersOf(program);
  const found = new Set(names);
  for (const name of found) for (const caller of callers.get(name) ?? []) found.add(caller);
  return found;
}
