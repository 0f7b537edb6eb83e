import { differing, fingerprints } from '../../simulator/c/fingerprint.js';
import type { Source } from '../../simulator/c/load.js';
import type { Code } from './code.js';
import { readModel } from './model.js';

/** A function whose lowered program differs before and after a patch. */
export interface TouchedFunction {
  file: string;
  name: string;
  /** It exists on one side only. */
  only: 'before' | 'after' | undefined;
}

/** Compares every function of every file, by what it means rather than by its text. */
export function touchedFunctions(before: Code, after: Code): TouchedFunction[] {
  const touched: TouchedFunction[] = [];
  for (const file of new Set([...before.files.keys(), ...after.files.keys()])) {
    if (before.files.get(file) === after.files.get(file)) continue;
    const { before: was, after: is } = meaning(before.files.get(file), after.files.get(file), file);
    for (const name of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(name) === is.get(name)) continue;
      const only = !is.has(name) ? 'before' : !was.has(name) ? 'after' : undefined;
      touched.push({ file, name, only });
    }
  }
  return touched;
}

function meaning(before: string | undefined, after: string | undefined, path: string) {
  const source = (text: string): Source => ({ path, text, origin: 'reviewed' });
  const { headers } = readModel();
  if (before !== undefined && after !== undefined) return differing(source(before), source(after), headers);
  const all = (text: string | undefined) =>
    text === undefined ? new Map<string, string>() : fingerprints([source(text)], headers);
  return { before: all(before), after: all(after) };
}
