import { type Config, loadUnits, type Source } from '../../simulator/c/load.js';
import { readModel } from './model.js';
import { worldOf } from './modelled.js';

const word = /[a-zA-Z_]\w*/g;

/** The text of each function of a file, from the line of its name on. */
function functionTexts(source: Source, config?: Config): { name: string; text: string }[] {
  const lines = source.text.split('\n');
  const { units } = loadUnits([source], readModel(worldOf([source.path])).headers, config);
  const functions = units.flatMap(({ unit }) => unit.functions);
  return functions.map(({ name, line, endLine }) => ({
    name,
    text: lines.slice(line - 1, endLine).join('\n'),
  }));
}

/** The same of a file under review. */
export function reviewedTexts(path: string, text: string, config?: Config): { name: string; text: string }[] {
  return functionTexts({ path, text, origin: 'reviewed' }, config);
}

/** These functions of a file, and those of it that name one of them, through as many others as it takes. */
export function reaching(source: Source, names: readonly string[], config?: Config): Set<string> {
  const namedBy = new Map<string, string[]>();
  for (const { name, text } of functionTexts(source, config)) {
    // Its own name stands first in its head.
    const used = new Set(text.replace(name, '').match(word));
    for (const each of used) {
      const above = namedBy.get(each);
      if (above === undefined) namedBy.set(each, [name]);
      else above.push(name);
    }
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
