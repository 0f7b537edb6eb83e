import { differing } from '../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../simulator/c/load.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import type { Code } from './code.js';
import { definitionsIn, readModel } from './model.js';
import { modelledFiles, standIns } from './modelled.js';
import { reaching, wordsOf } from './reaching.js';

/**
 * Functions of other C files that the code under review calls and the model has its own of: what a patch does to
 * them, or to what they call in their file, is executed nowhere.
 */
export function ownFunctions(
  { before, after }: Pick<Change, 'before' | 'after'>,
  code: Code,
  config?: Config,
): NotAnalysed[] {
  let own: ReadonlySet<string> | undefined;
  return [...before].flatMap(([path, was]) => {
    const is = after.get(path);
    if (!path.endsWith('.c') || modelledFiles.includes(path) || standIns.includes(path) || is === was)
      return [];
    own ??= standingIn(code);
    const there = defined(was).filter((name) => own?.has(name));
    if (there.length === 0) return [];
    const above = reaching(sourceOf(path, was), changed(path, was, is ?? '', config), config);
    const hit = there.filter((name) => above.has(name)).map((name) => `${name}()`);
    if (hit.length === 0) return [];
    return { what: path, why: `the model has its own ${hit.slice(0, 5).join(', ')}`, modelled: true };
  });
}

/** Functions of the model that the code names. */
function standingIn(code: Code): Set<string> {
  const words = wordsOf(code.files);
  const names = readModel().files.flatMap(({ text }) => definitionsIn(text));
  return new Set(names.filter((name) => words.has(name)));
}

/** Functions whose heads begin at the margin; enough to tell which files need to be read. */
function defined(text: string): string[] {
  const heads = text.split('\n').filter((line) => /^[a-zA-Z_]/.test(line) && !line.endsWith(';'));
  const names = heads.flatMap((line) => line.slice(0, 200).match(/\b\w+\(/g) ?? []);
  return [...new Set(names.map((name) => name.slice(0, -1)))];
}

function changed(path: string, was: string, is: string, config: Config): string[] {
  const { before, after } = differing(sourceOf(path, was), sourceOf(path, is), readModel().headers, config);
  return [...before].flatMap(([name, { code }]) => (after.get(name)?.code === code ? [] : [name]));
}

function sourceOf(path: string, text: string): Source {
  return { path, text, origin: 'reviewed' };
}
