import type { Origin } from '../vm/program.js';

/**
 * Words that only Faultline's own C may say: its primitives, its questions to the code under review, and how a function
 * of the model runs. Behind the lexer they have names that no C can spell, so that no patch speaks to the machine.
 */
export const ownWords: ReadonlySet<string> = new Set([
  ...['__await_eq', '__await_ne', '__await_ge', '__sleep_ne', '__yield', '__choose'],
  ...['__self', '__own', '__any', '__alone'],
  ...['__acquiring', '__acquired', '__released', '__holds', '__held', '__might_sleep'],
  ...['__alloc', '__free', '__assert', '__violate', '__warn', '__assume', '__progress', '__event'],
  ...['__has_function', '__arity', '__uses', '__names'],
  ...['atomic', 'fused', 'instead', 'otherwise'],
]);

const mark = '@';

/** Written for this project, and by nobody else: a patch may stand in a file of a baseline. */
export function isOurs(origin: Origin): boolean {
  return origin === 'model' || origin === 'role' || origin === 'race';
}

const known = new WeakMap<ReadonlyMap<string, string>, ReadonlySet<string>>();

/** These words, and the names that the model's headers keep to the model: `#pragma own a b c`. */
export function ownNames(headers: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = known.get(headers) ?? new Set([...ownWords, ...namesKept(headers)]);
  known.set(headers, names);
  return names;
}

function namesKept(headers: ReadonlyMap<string, string>): string[] {
  const texts = [...headers].flatMap(([name, text]) => (isHeaderOfOurs(name) ? [text] : []));
  const lines = texts.flatMap((text) => text.match(/^#pragma own .*$/gm) ?? []);
  return lines.flatMap((line) => line.split(/\s+/).slice(2));
}

/** Where a header of a patch stands among ours: it takes the place of none, and may not use their words. */
export function headerOfPatch(path: string): string {
  return `${ofPatch}${path}`;
}

const ofPatch = 'patch/';

/** Where a header of the kernel stands that is executed itself, its functions with the files under review. */
export function headerOfKernel(path: string): string {
  return `${ofKernel}${path}`;
}

const ofKernel = 'kernel/';

/** The path in the kernel of such a header; undefined of every other file. */
export function pathInKernel(file: string): string | undefined {
  return file.startsWith(ofKernel) ? file.slice(ofKernel.length) : undefined;
}

export function isHeaderOfOurs(name: string): boolean {
  return !name.startsWith(ofPatch) && !name.startsWith(ofKernel);
}

/** What a name in a text is read as whose own names these are. */
export function readOwn(name: string, own: ReadonlySet<string> | undefined): string {
  return own?.has(name) ? mark + name : name;
}

/** The word of ours that a name behind the lexer stands for; undefined for every other name. */
export function ownWord(name: string): string | undefined {
  const word = name.startsWith(mark) ? name.slice(1) : undefined;
  return word !== undefined && ownWords.has(word) ? word : undefined;
}

/** What a name that somebody wrote may be behind the lexer. */
export function spellings(name: string): string[] {
  return [mark + name, name];
}

/** A name behind the lexer as it was written. */
export function written(name: string): string {
  return name.startsWith(mark) ? name.slice(1) : name;
}
