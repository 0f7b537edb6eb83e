import { type Config, loadUnits, type Source } from '../../simulator/c/load.js';
import { readModel } from './model.js';

const word = /[a-zA-Z_]\w*/g;

/** These functions of a file, and those of it that name one of them, through as many others as it takes. */
export function reaching(source: Source, names: readonly string[], config?: Config): Set<string> {
  const lines = source.text.split('\n');
  const { units } = loadUnits([source], readModel().headers, config);
  const functions = units.flatMap(({ unit }) => unit.functions);
  const namedBy = new Map<string, string[]>();
  for (const { name, line, endLine } of functions) {
    const [first = '', ...rest] = lines.slice(line - 1, endLine);
    // What else stands on its first line is its head.
    const body = `${first.replace(name, '')}\n${rest.join('\n')}`;
    for (const used of new Set(body.match(word))) namedBy.set(used, [...(namedBy.get(used) ?? []), name]);
  }
  const found = new Set(names);
  for (const name of found) for (const above of namedBy.get(name) ?? []) found.add(above);
  return found;
}

/** Every name that stands in the code. */
export function wordsOf(files: ReadonlyMap<string, string>): Set<string> {
  const words = new Set<string>();
  for (const text of files.values()) for (const [each] of text.matchAll(word)) words.add(each);
  return words;
}
