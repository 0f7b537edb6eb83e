import { differing } from '../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../simulator/c/load.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import type { ChangedLine } from './changed-lines.js';
import type { Code } from './code.js';
import { readModel } from './model.js';

/**
 * Inline functions and macros of headers that a patch changes and the code under review uses: where it runs, the
 * model has its own, so that nothing is known of what becomes of them.
 */
export function headerFunctions(
  { before, after }: Pick<Change, 'before' | 'after'>,
  code: Code,
  changed: readonly ChangedLine[],
  config?: Config,
): NotAnalysed[] {
  let used: Set<string> | undefined;
  return [...before].flatMap(([path, was]) => {
    const is = after.get(path);
    if (!path.endsWith('.h') || is === undefined || is === was) return [];
    const names = [...functions(path, was, is, config), ...macros(was, changed, path)];
    if (names.length > 0) used ??= wordsOf(code);
    const own = names.filter((name) => used?.has(name));
    if (own.length === 0) return [];
    return { what: path, why: `the model has its own ${own.slice(0, 5).join(', ')}`, modelled: true };
  });
}

/** Those that were there before and do something else now, or are gone. */
function functions(path: string, was: string, is: string, config: Config): string[] {
  const source = (text: string): Source => ({ path, text, origin: 'reviewed' });
  const { before, after } = differing(source(was), source(is), readModel().headers, config);
  return [...before].flatMap(([name, { code }]) => (after.get(name)?.code === code ? [] : `${name}()`));
}

/** Macros with a line that the patch takes away. */
function macros(text: string, changed: readonly ChangedLine[], path: string): string[] {
  const lines = text.split('\n');
  const gone = changed.filter(({ file, present }) => file === path && present);
  return [...new Set(gone.flatMap(({ line }) => macroAt(lines, line - 1) ?? []))];
}

/** The macro whose definition a line is part of. */
function macroAt(lines: readonly string[], at: number): string | undefined {
  let first = at;
  while (lines[first - 1]?.endsWith('\\')) first--;
  return /^[ \t]*#[ \t]*define[ \t]+(\w+)/.exec(lines[first]?.slice(0, 200) ?? '')?.[1];
}

/** Every name that stands in the code, functions as they are told. */
function wordsOf({ files }: Code): Set<string> {
  const words = new Set<string>();
  for (const text of files.values())
    for (const [word] of text.matchAll(/[a-zA-Z_]\w*/g)) words.add(word).add(`${word}()`);
  return words;
}
