import type { Fn, Program } from '../vm/program.js';
import type { PathBudget } from './budget.js';
import type { PathVerdict } from './explore-paths.js';
import { atomicFamilies } from './known-lock.js';
import type { PathRule } from './rule.js';
import type { Held, State } from './state.js';
import { isTerm } from './term.js';

/** What all paths of a function do, as far as its callers care. */
export interface Summary {
  /** It leaves the locks as it finds them, whatever it is called with, and nothing open for its callers to end. */
  neutral: boolean;
  /** No path came to something that it releases. */
  partial: boolean;
  /** Some path does what a rule watches, under no lock of its own: it matters to who holds one, or has left something open. */
  watched: boolean;
  /** Some path may sleep. */
  sleeps: boolean;
  /** Families of the locks that some path takes. */
  takes: ReadonlySet<string>;
  /** Why not all of its paths are known. */
  over: string | undefined;
}

const unknownYet: Summary = {
  neutral: false,
  partial: false,
  watched: true,
  sleeps: false,
  takes: new Set(),
  over: undefined,
};

/** The functions of a program that were run by themselves, each once, innermost first. */
export class Summaries {
  private readonly known = new Map<Fn, Summary>();

  constructor(private readonly run: (fn: Fn) => PathVerdict) {}

  of(fn: Fn): Summary {
    const known = this.known.get(fn);
    if (known) return known;
    // Who calls itself is entered, once.
    this.known.set(fn, unknownYet);
    const { neutral, partial, watched, sleeps, takes, over } = this.run(fn);
    const summary = { neutral, partial, watched, sleeps, takes, over };
    this.known.set(fn, summary);
    return summary;
  }
}

const all = new WeakMap<Program, Map<string, Summaries>>();

/** One collection for a program, its rules and its budget. */
export function summariesOf(
  program: Program,
  rules: readonly PathRule[],
  budget: PathBudget,
  run: (fn: Fn) => PathVerdict,
): Summaries {
  const known = all.get(program) ?? new Map<string, Summaries>();
  all.set(program, known);
  const key = `${rules.map(({ rule }) => rule).join(' ')} ${budget.paths} ${budget.steps} ${budget.depth}`;
  const summaries = known.get(key) ?? new Summaries(run);
  known.set(key, summaries);
  return summaries;
}

/** Whether a call is what a rule watches, and made on the caller's account: under no lock of the function's own. */
export function concernsCallers(rules: readonly PathRule[], name: string, { held }: State): boolean {
  if (held.some(({ family }) => atomicFamilies.has(family))) return false;
  return rules.some(({ names }) => names?.has(name));
}

/** Whether a path has left the locks of its caller alone. */
export function isEven({ state }: { state: State }): boolean {
  return state.held.length === 0 && state.past.every((lock) => lock.by !== '' || isFound(lock));
}

/** The lock of something that an unknown function gave to this one: it may have come locked. */
export function isFound({ lock }: Held): boolean {
  return isTerm(lock) && lock.shape.kind === 'symbol' && lock.shape.text.endsWith('()');
}
