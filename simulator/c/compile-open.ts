import type { Program } from '../vm/program.js';
import { Assembly } from './assemble.js';
import { asFailure } from './failure.js';
import { loadUnits, type Source } from './load.js';
import { lowerFunction } from './lower/function.js';
import { newSession } from './new-session.js';
import type { FunctionSymbol } from './symbol.js';
import { withoutMacros } from './without-macros.js';

/** A file by itself: all of its functions, and the headers of the model for what it does not declare. */
export interface OpenProgram {
  program: Program;
  /** Functions of the file that others may call, or whose address is taken: not static ones, mostly. */
  open: Set<string>;
  /** Why a function of the file cannot be run. */
  failures: Map<string, string>;
}

/**
 * Makes a program of one file in which everything that is not known stays open: names that nobody declares
 * and functions that nobody defines are values of their own. Macros of the model that are called as one of
 * `unknown` are not known, either.
 */
export function compileOpen(
  sources: readonly Source[],
  headers: ReadonlyMap<string, string>,
  config?: ReadonlyMap<string, string>,
  unknown: Iterable<string> = [],
): OpenProgram {
  const loaded = loadUnits(sources, withoutMacros(headers, unknown), config);
  const session = newSession(loaded, new Map(), true, true);
  const own = [...session.functions.values()].flat().filter(({ unit }) => !unit.isPrelude);
  const assembly = new Assembly(lowerFunction);
  const failures = new Map<string, string>();
  let program: Program = { functions: [], globals: [], constants: [], fields: new Map() };
  try {
    program = assembly.link(own);
  } catch (thrown) {
    for (const { name } of own) failures.set(name, asFailure(thrown).reason);
  }
  for (const { symbol, failure } of assembly.lowered) if (failure) failures.set(symbol.name, failure.reason);
  return { program, open: openNames(own, assembly), failures };
}

function openNames(own: readonly FunctionSymbol[], assembly: Assembly): Set<string> {
  const names = new Set(own.filter(({ definition }) => !definition.static).map(({ name }) => name));
  for (const { pool } of assembly.lowered) {
    for (const entry of pool)
      if (typeof entry !== 'bigint' && entry.base.kind === 'function') names.add(entry.base.name);
  }
  return names;
}
