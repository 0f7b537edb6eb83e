import { differing } from '../../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../../simulator/c/load.js';
import type { Change } from '../../change/change.js';
import type { FilePatch } from '../../change/patch.js';
import type { NotAnalysed } from '../../finding/review.js';
import type { Code } from '../code.js';
import { textAfter, textBefore } from '../header-hunk.js';
import { definitionsIn, readModel } from '../model.js';
import { modelledFiles, standIns } from '../modelled.js';
import { reaching, wordsOf } from '../reaching.js';
import { isSameCode } from '../same-code.js';

/**
 * Functions of other C files that the code under review calls and the model has its own of: what a patch does to
 * them, or to what they call in their file, is executed nowhere. Without a tree only the functions of its hunks are
 * known.
 */
export function ownFunctions(change: Texts, code: Code, config?: Config): NotAnalysed[] {
  let own: ReadonlySet<string> | undefined;
  return change.files.flatMap((file) => {
    const path = file.newPath;
    if (!path.endsWith('.c') || modelledFiles.includes(path) || standIns.includes(path)) return [];
    own ??= standingIn(code);
    const names = touchedOf(file, change, own, config).map((name) => `${name}()`);
    if (names.length === 0) return [];
    return { what: path, why: `the model has its own ${names.slice(0, 5).join(', ')}`, modelled: true };
  });
}

type Texts = Pick<Change, 'before' | 'after' | 'files'>;

/** Which of these functions a patch touches in a file. */
function touchedOf(file: FilePatch, { before, after }: Texts, own: ReadonlySet<string>, config: Config) {
  const [was, is] = [before.get(file.oldPath), after.get(file.newPath)];
  if (was === undefined || is === undefined)
    return file.kind === 'modify' ? inHunks(file).filter((name) => own.has(name)) : [];
  const there = was === is ? [] : defined(was).filter((name) => own.has(name));
  if (there.length === 0) return [];
  const path = file.newPath;
  const above = reaching(sourceOf(path, was), changed(path, was, is, config), config);
  return there.filter((name) => above.has(name));
}

/** Functions that lines of a diff are in, told from the heads before them. */
function inHunks(file: FilePatch): string[] {
  if (isSameCode(textBefore(file), textAfter(file))) return [];
  const found = new Set<string>();
  for (const { section, lines } of file.hunks) {
    let current = defined(section);
    for (const { kind, text } of lines) {
      const heads = defined(text);
      if (heads.length > 0) current = heads;
      if (kind !== 'context') for (const name of current) found.add(name);
    }
  }
  return [...found];
}

/** Functions of the model that the code names. */
function standingIn(code: Code): Set<string> {
  const words = wordsOf(code.files);
  const names = readModel().files.flatMap(({ text }) => definitionsIn(text));
  // Without a tree there is nothing that could name them.
  return new Set(names.filter((name) => words.size === 0 || words.has(name)));
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
