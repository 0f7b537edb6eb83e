import { differing, fingerprints, type Meaning } from '../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../simulator/c/load.js';
import type { Code } from './code.js';
import { headersFor } from './headers-for.js';
import { lessOrdered } from './less-ordered.js';
import { readModel } from './model.js';
import { worldOf } from './modelled.js';

/** A function whose lowered program differs before and after a patch. */
export interface TouchedFunction {
  file: string;
  name: string;
  /** It exists on one side only. */
  only: 'before' | 'after' | undefined;
}

/** A function that lost something which orders memory, or has it elsewhere now, by name. */
export interface Reordered {
  file: string;
  name: string;
  orders: string[];
}

export function touchedFunctions(before: Code, after: Code, config?: Config): TouchedFunction[] {
  return compareFunctions(before, after, config).touched;
}

/** Compares every function of every file, by what it means rather than by its text. */
export function compareFunctions(
  before: Code,
  after: Code,
  config?: Config,
): { touched: TouchedFunction[]; reordered: Reordered[] } {
  const touched: TouchedFunction[] = [];
  const reordered: Reordered[] = [];
  for (const file of new Set([...before.files.keys(), ...after.files.keys()])) {
    if (before.files.get(file) === after.files.get(file)) continue;
    const { before: was, after: is } = meaning(before, after, file, config);
    for (const name of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(name)?.code === is.get(name)?.code) continue;
      const only = !is.has(name) ? 'before' : !was.has(name) ? 'after' : undefined;
      touched.push({ file, name, only });
    }
    for (const [name, orders] of lessOrdered(was, is)) reordered.push({ file, name, orders });
  }
  return { touched, reordered };
}

function meaning(before: Code, after: Code, path: string, config?: Config) {
  const source = (text: string): Source => ({ path, text, origin: 'reviewed' });
  const headers = headersOf(before, path);
  const [was, is] = [before.files.get(path), after.files.get(path)];
  if (was !== undefined && is !== undefined) return differing(source(was), source(is), headers, config);
  const all = (text: string | undefined) =>
    text === undefined ? new Map<string, Meaning>() : fingerprints([source(text)], headers, config);
  return { before: all(was), after: all(is) };
}

/** A header that runs itself is read without itself. */
function headersOf(code: Code, path: string): ReadonlyMap<string, string> {
  const world = worldOf([path]);
  return path.endsWith('.h') ? readModel(world).headers : headersFor(code, world);
}
