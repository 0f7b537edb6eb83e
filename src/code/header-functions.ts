import { differing } from '../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../simulator/c/load.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import type { ChangedLine } from './changed-lines.js';
import type { Code } from './code.js';
import { readModel } from './model.js';
import { reaching, wordsOf } from './reaching.js';

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
    if (names.length > 0) used ??= inModel(wordsOf(code.files));
    const own = names.filter((name) => used?.has(name.replace('()', '')));
    if (own.length === 0) return [];
    return { what: path, why: `the model has its own ${own.slice(0, 5).join(', ')}`, modelled: true };
  });
}

/** Of these names, those that the model spells as well. What it has not got, nobody has. */
function inModel(words: ReadonlySet<string>): Set<string> {
  const { files, headers } = readModel();
  const own = wordsOf(new Map([...headers, ...files.map(({ path, text }) => [path, text] as const)]));
  return new Set([...words].filter((word) => own.has(word)));
}

/** Those that were there before and do something else now, or are gone, and those that call them. */
function functions(path: string, was: string, is: string, config: Config): string[] {
  const source = (text: string): Source => ({ path, text, origin: 'reviewed' });
  const { before, after } = differing(source(was), source(is), readModel().headers, config);
  const changed = [...before].flatMap(([name, { code }]) => (after.get(name)?.code === code ? [] : name));
  return [...reaching(source(was), changed, config)].map((name) => `${name}()`);
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
