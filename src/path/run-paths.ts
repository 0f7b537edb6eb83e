import { compileOpen, type OpenProgram } from '../../simulator/c/compile-open.js';
import type { Source } from '../../simulator/c/load.js';
import { defaultPathBudget } from '../../simulator/path/budget.js';
import { explorePaths, type PathVerdict } from '../../simulator/path/explore-paths.js';
import { knownLocks } from '../../simulator/path/known-lock.js';
import { mayFail } from '../../simulator/path/may-fail.js';
import { callersOf } from '../../simulator/path/reach.js';
import type { Fn } from '../../simulator/vm/program.js';
import type { Code } from '../code/code.js';
import { readModel } from '../code/model.js';
import { whoMayTell } from './affected.js';
import { pathRules } from './rules.js';

type Config = ReadonlyMap<string, string> | undefined;

const programs = new WeakMap<Code, Map<string, OpenProgram>>();

/** The files of one side as one program; once for the same code and configuration. */
export function programOf(code: Code, config: Config): OpenProgram {
  const made = programs.get(code) ?? new Map<string, OpenProgram>();
  programs.set(code, made);
  const asked = JSON.stringify([...(config ?? [])]);
  const known = made.get(asked);
  if (known) return known;
  const origin = code.baseline ? 'baseline' : 'reviewed';
  const sources: Source[] = [...code.files].map(([path, text]) => ({ path, text, origin }));
  const program = compileOpen(sources, readModel().headers, config, [...knownLocks.keys(), ...mayFail]);
  made.set(asked, program);
  return program;
}

/** What one function's paths showed, or why they were not all looked at. */
export interface FunctionRun {
  fn: Fn;
  verdict: PathVerdict;
}

/** By `file function`. */
export type Runs = Map<string, FunctionRun>;

/** Instructions that are run for one side of a patch; what is left then is not analysed. */
const mostSteps = 3_000_000;

/**
 * Runs the functions of these names before and after a patch, each by itself, and then those that call them, as
 * long as a caller can tell the difference. A function that was too much after and showed nothing is not run before,
 * since nothing could be said of the two.
 */
export function runPaths(
  before: Code,
  after: Code,
  names: ReadonlySet<string>,
  config: Config,
): { before: Runs; after: Runs } {
  const [was, is] = [new SideRuns(before, config), new SideRuns(after, config)];
  const open = new Set(names);
  for (const name of open) {
    is.run(name);
    was.run(name, is.runs);
    const callers = [was.callers, is.callers];
    for (const each of whoMayTell(name, was.of(name), is.of(name), callers, [
      ...was.functions,
      ...is.functions,
    ]))
      open.add(each);
  }
  return { before: was.runs, after: is.runs };
}

class SideRuns {
  readonly runs: Runs = new Map();
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly functions: readonly Fn[];
  private readonly program: OpenProgram['program'];
  private steps = 0;

  constructor(code: Code, config: Config) {
    this.program = programOf(code, config).program;
    this.functions = this.program.functions.filter(({ file }) => code.files.has(file));
    this.callers = callersOf(this.program);
  }

  of(name: string): FunctionRun[] {
    return [...this.runs.values()].filter(({ fn }) => fn.name === name);
  }

  run(name: string, other?: Runs): void {
    for (const fn of this.functions) {
      if (fn.name !== name) continue;
      const there = other?.get(keyOf(fn));
      const verdict =
        there && isHopeless(there) ? { ...there.verdict, steps: 0, paths: 0 } : this.explore(fn);
      this.steps += verdict.steps;
      this.runs.set(keyOf(fn), { fn, verdict });
    }
  }

  private explore(fn: Fn): PathVerdict {
    const budget = this.steps < mostSteps ? defaultPathBudget : { ...defaultPathBudget, steps: 0 };
    return explorePaths(this.program, fn, pathRules, budget);
  }
}

function isHopeless({ verdict }: FunctionRun): boolean {
  return verdict.over !== undefined && verdict.said.length === 0;
}

export const keyOf = ({ file, name }: { file: string; name: string }): string => `${file} ${name}`;
