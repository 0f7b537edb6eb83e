import type { Origin } from '../vm/program.js';

/**
 * Words that only Faultline's own C may say: its primitives, its questions to the code under review, and how a function
 * of the model runs. Behind the lexer they have names that no C can spell, so that no patch speaks to the machine.
 */
const words = new Set([
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

/** Whether a name, as it is written, is one of these. */
export function isOwnWord(name: string): boolean {
  return words.has(name);
}

/** What a name in a text of ours is read as. */
export function readOwn(name: string): string {
  return words.has(name) ? mark + name : name;
}

/** The word of ours that a name behind the lexer stands for; undefined for every other name. */
export function ownWord(name: string): string | undefined {
  return name.startsWith(mark) ? name.slice(1) : undefined;
}
