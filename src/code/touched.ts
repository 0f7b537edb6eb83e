import { fingerprints } from '../../simulator/c/fingerprint.js';
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
    const was = meaning(before, file);
    const is = meaning(after, file);
    for (const name of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(name) === is.get(name)) continue;
      const only = !is.has(name) ? 'before' : !was.has(name) ? 'after' : undefined;
      touched.push({ file, name, only });
    }
  }
  return touched;
}

function meaning(code: Code, path: string): Map<string, string> {
  const text = code.files.get(path);
  if (text === undefined) return new Map();
  return fingerprints([{ path, text, origin: 'reviewed' }], readModel().headers);
}
