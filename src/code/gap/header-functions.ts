import { differing } from '../../../simulator/c/fingerprint.js';
import type { Config, Source } from '../../../simulator/c/load.js';
import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import { type ChangedLine, linesIn } from '../changed-lines.js';
import type { Code } from '../code.js';
import { withoutComments } from '../header.js';
import { memberName } from '../header-hunk.js';
import { readModel } from '../model.js';
import { modelledFiles } from '../modelled.js';
import { reaching, reviewedTexts, wordsOf } from '../reaching.js';

/**
 * Inline functions, macros and members of structs that a patch changes in headers and the code under review uses:
 * where it runs, the model has its own, so that nothing is known of what becomes of them.
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
    const gone = linesIn(path, changed);
    const between = [...macros(was, gone), ...members(was, is, gone)];
    if (modelledFiles.includes(path)) return unchosen(path, between, losesMore(path, was, is, config));
    const things = [...functions(path, was, is, config), ...between];
    if (things.length > 0) used ??= inModel(wordsOf(code.files));
    const isUsed = ({ words }: Thing) => words.every((word) => used?.has(word));
    const names = [...new Set(things.filter(isUsed).map(({ name }) => name))];
    if (names.length === 0) return [];
    return { what: path, why: `the model has its own ${names.slice(0, 5).join(', ')}`, modelled: true };
  });
}

/** Of a header that runs itself, what is no function decides nothing about which races are replayed. */
function unchosen(path: string, between: readonly Thing[], more: boolean): NotAnalysed[] {
  if (between.length === 0 && !more) return [];
  const names = [...new Set(between.map(({ name }) => name))].slice(0, 5).join(', ');
  const rest = names === '' ? 'what it changes between them' : names;
  const why = `races are replayed for the functions that a patch touches, and not for ${rest}`;
  return [{ what: path, why, modelled: true }];
}

/** Whether something outside of all functions is gone or another: what is only added changes nothing of the rest. */
function losesMore(path: string, was: string, is: string, config: Config): boolean {
  const left = new Set(outside(path, is, config));
  return outside(path, was, config).some((line) => !left.has(line));
}

/** The lines of a header that are in no function, without blanks and comments. */
function outside(path: string, text: string, config: Config): string[] {
  const inside = reviewedTexts(path, text, config);
  const rest = inside.reduce((left, { text: own }) => left.replace(own, () => ''), text);
  const lines = withoutComments(rest).split('\n');
  return lines.map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '');
}

/** What a header has, as it is told, and the words by which one knows that it is used. */
interface Thing {
  name: string;
  words: string[];
}

/** Of these names, those that the model spells as well. What it has not got, nobody has. */
function inModel(words: ReadonlySet<string>): Set<string> {
  const { files, headers } = readModel();
  const own = wordsOf(new Map([...headers, ...files.map(({ path, text }) => [path, text] as const)]));
  return new Set([...words].filter((word) => own.has(word)));
}

/** Those that were there before and do something else now, or are gone, and those that call them. */
function functions(path: string, was: string, is: string, config: Config): Thing[] {
  const source = (text: string): Source => ({ path, text, origin: 'reviewed' });
  const { before, after } = differing(source(was), source(is), readModel().headers, config);
  const changed = [...before].flatMap(([name, { code }]) => (after.get(name)?.code === code ? [] : name));
  return [...reaching(source(was), changed, config)].map((name) => ({ name: `${name}()`, words: [name] }));
}

/** Macros with a line that the patch takes away. */
function macros(text: string, gone: readonly number[]): Thing[] {
  const names = macrosByLine(text);
  return gone.flatMap((line) => names[line - 1] ?? []).map((name) => ({ name, words: [name] }));
}

/** By line: the macro whose definition it is part of. */
function macrosByLine(text: string): (string | undefined)[] {
  let name: string | undefined;
  let goesOn = false;
  return text.split('\n').map((line) => {
    if (!goesOn) name = /^[ \t]*#[ \t]*define[ \t]+(\w+)/.exec(line.slice(0, 200))?.[1];
    goesOn = line.endsWith('\\');
    return name;
  });
}

/** Members of structs with a line that the patch takes away, and that no longer stands in the struct. */
function members(text: string, after: string, gone: readonly number[]): Thing[] {
  const lines = inStructs(text);
  const left = new Set(inStructs(after));
  return gone.flatMap((line) => {
    const [tag, declared = ''] = lines[line - 1]?.split(' { ') ?? [];
    const member = tag === '' || left.has(lines[line - 1]!) ? undefined : memberName(declared);
    return member === undefined || tag === undefined
      ? []
      : { name: `${member} of struct ${tag}`, words: [member, tag] };
  });
}

/** Each line behind the tag of the struct, opened at the margin, that it is part of, and ` { `. */
function inStructs(text: string): string[] {
  let tag = '';
  return text.split('\n').map((line) => {
    if (line.startsWith('}')) tag = '';
    tag = /^struct[ \t]+(\w+)[ \t]*\{/.exec(line.slice(0, 200))?.[1] ?? tag;
    return `${tag} { ${line.trim()}`;
  });
}
