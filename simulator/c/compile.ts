import type { Program } from '../vm/program.js';
import { Assembly } from './assemble.js';
import { asFailure } from './failure.js';
import { rootFunction } from './link.js';
import { type Loaded, loadUnits, type Source } from './load.js';
import type { Lowered } from './lower/finish.js';
import { lowerFunction } from './lower/function.js';
import { newSession } from './new-session.js';
import type { Extras, Session } from './session.js';
import { withShared } from './share.js';
import type { FunctionSymbol } from './symbol.js';

export type { Source };

export interface CompileInput {
  /** Units, in order of precedence by origin: reviewed, tree, broken, baseline, model, role, race. */
  sources: Source[];
  /** For `#include "x.h"` in files of this project; `prelude.h`, if present, is read before every unit. */
  headers: ReadonlyMap<string, string>;
  /** Functions to lower with all that they reach. */
  roots: string[];
  config?: ReadonlyMap<string, string> | undefined;
}

export interface Compilation {
  program: Program;
  /** Roots that do not exist. */
  missing: string[];
  /** What could not be read or lowered; without a function: outside of functions. */
  problems: CompileProblem[];
  /** Called and reached, but nobody has them. */
  unknown: string[];
  /** Names of reached functions of the code under review, or of what stands in for it. */
  reached: string[];
  /** Names by which the model tells this kernel from others, and that may be none of the kernel's (features.ts). */
  doubtful: string[];
}

export interface CompileProblem {
  file: string;
  function?: string;
  line: number;
  reason: string;
}

/** Makes one program of all sources. Bad C is a problem with a reason; nothing is thrown for it. */
export function compile(input: CompileInput): Compilation {
  const loaded = loadUnits(input.sources, input.headers, input.config);
  return (
    withShared(loaded, (session, lowering) => link(session, loaded, input.roots, lowering)) ??
    alone(loaded, input.roots)
  );
}

/** Nothing of this program is shared with others. */
function alone(loaded: Loaded, roots: readonly string[]): Compilation {
  const extras: Extras = new Map();
  for (let pass = 0; ; pass++) {
    const session = newSession(loaded, extras);
    const compilation = link(session, loaded, roots, lowerFunction);
    // An unknown member was appended to a struct: once more, so that every size and address agrees.
    if (!session.grew || pass >= 4) return compilation;
  }
}

function link(
  session: Session,
  loaded: Loaded,
  roots: readonly string[],
  lowering: (symbol: FunctionSymbol) => Lowered,
): Compilation {
  const assembly = new Assembly(lowering);
  const found = new Map(roots.map((name) => [name, rootFunction(name, session)]));
  const symbols = [...found.values()].filter((symbol) => symbol !== undefined);
  const problems = unitProblems(loaded);
  let program: Program = { functions: [], globals: [], constants: [], fields: new Map() };
  try {
    program = assembly.link(symbols);
  } catch (thrown) {
    problems.push({ file: '', line: 0, reason: asFailure(thrown).reason });
  }
  problems.push(...assembly.lowered.flatMap(functionProblems));
  const missing = [...found].filter(([, symbol]) => !symbol).map(([name]) => name);
  const reached = program.functions.filter(({ origin }) => origin === 'reviewed' || origin === 'baseline');
  return {
    program,
    missing,
    problems,
    unknown: [...assembly.unknown],
    reached: reached.map(({ name }) => name),
    doubtful: loaded.doubtful,
  };
}

function unitProblems(loaded: Loaded): CompileProblem[] {
  const units = [...(loaded.prelude ? [loaded.prelude] : []), ...loaded.units.map(({ unit }) => unit)];
  return units.flatMap(({ file, problems }) => problems.map(({ line, reason }) => ({ file, line, reason })));
}

function functionProblems(lowered: {
  symbol: FunctionSymbol;
  failure: { reason: string; line: number } | undefined;
  problems: { reason: string; line: number }[];
}): CompileProblem[] {
  const { definition, name } = lowered.symbol;
  const all = lowered.failure ? [lowered.failure, ...lowered.problems] : lowered.problems;
  return all.map(({ line, reason }) => ({ file: definition.file, function: name, line, reason }));
}
