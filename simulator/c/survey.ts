import { loadUnits, type Source } from './load.js';
import type { Lowered } from './lower/finish.js';
import { lowerFunction } from './lower/function.js';
import { newSession } from './new-session.js';
import type { FunctionSymbol } from './symbol.js';

export interface Survey {
  /** Functions that the file defines. */
  functions: number;
  /** Those of them that can be executed. */
  lowered: number;
  failures: Note[];
  /** What would be guessed when the function is executed. */
  guesses: Note[];
  /** Names called by each function, those of functions it only names included. */
  calls: Map<string, Set<string>>;
}

export interface Note {
  function: string;
  line: number;
  reason: string;
}

/** Lowers every function of one source, with the headers of the model: how much of it is understood. */
export function survey(source: Source, headers: ReadonlyMap<string, string>): Survey {
  const loaded = loadUnits([source], headers, undefined);
  const session = newSession(loaded, new Map(), true);
  const result: Survey = { functions: 0, lowered: 0, failures: [], guesses: [], calls: new Map() };
  for (const symbols of session.functions.values()) {
    for (const symbol of symbols) if (!symbol.unit.isPrelude) note(result, symbol);
  }
  return result;
}

function note(result: Survey, symbol: FunctionSymbol): void {
  const lowered = lowerFunction(symbol);
  result.functions++;
  if (lowered.failure) {
    result.failures.push({ function: symbol.name, ...lowered.failure });
  } else {
    result.lowered++;
    for (const instruction of lowered.code) {
      if (instruction.op !== 'guess') continue;
      result.guesses.push({ function: symbol.name, line: instruction.line, reason: instruction.reason });
    }
  }
  result.calls.set(symbol.name, calledBy(lowered));
}

function calledBy({ code, callees, pool }: Lowered): Set<string> {
  const names = new Set<string>();
  for (const instruction of code) {
    if (instruction.op === 'unknown') names.add(instruction.name);
    if (instruction.op === 'call') names.add(callees[instruction.callee]!.name);
  }
  for (const entry of pool) {
    if (typeof entry !== 'bigint' && entry.base.kind === 'function') names.add(entry.base.name);
  }
  return names;
}
