import type { Fn, Program } from '../vm/program.js';
import type { Moment } from './event.js';
import { Flow } from './flow.js';
import { knownLocks } from './known-lock.js';
import { readLockName } from './lock-name.js';
import { isPage } from './passed.js';
import { lastAsked } from './recall.js';
import type { Asked, Held, State } from './state.js';
import { isArgument, isTerm, placeOf, type Term } from './term.js';

/** A call, by the line it stands in. */
export interface Work {
  name: string;
  line: number;
}

/** A function that does something under a lock which it takes for some of its callers only. */
export interface ConditionalLock {
  fn: Fn;
  lock: Held;
  /** What it does with the lock, and for the other callers without. */
  works: Work[];
}

interface Visit {
  held: Map<string, Held>;
  /** What was asked of the caller's things before, and answered. */
  asked: Asked | undefined;
}

/** What all paths of a function show of such locks. */
export interface Conditionals {
  found: readonly ConditionalLock[];
  /** More came to a call than are told apart: what was found may not be all. */
  isCut: boolean;
}

/** Watches one function's paths for locks that it takes under a condition which its caller decides. */
export class ConditionalLocks {
  private readonly visits = new Map<string, { work: Work; visits: Visit[] }>();
  private readonly pure = new Set<number>();
  private readonly kept = new Set<string>();
  private isCut = false;

  constructor(private readonly fn: Fn) {}

  /** The paths so far have turned out to be none. */
  forget(): void {
    this.visits.clear();
    this.kept.clear();
    this.isCut = false;
  }

  watch(moment: Moment): void {
    const { event, state, line } = moment;
    notice(moment);
    if (event.kind === 'ask' && isCallers(event.subject)) this.pure.add(event.bare);
    if (state.frames.length > 1) return;
    const own = state.held.filter((held) => isOwn(held, this.fn));
    if (event.kind === 'end') for (const held of own) this.kept.add(nameOf(held));
    if (event.kind !== 'call' || isLocking(event.name) || hasOther(state)) return;
    const work = { name: event.name, line };
    const known = this.visits.get(`${line} ${event.name}`) ?? { work, visits: [] };
    this.visits.set(`${line} ${event.name}`, known);
    this.isCut ||= known.visits.length >= mostVisits;
    if (this.isCut) return;
    const held = new Map(own.map((one) => [nameOf(one), one]));
    known.visits.push({ held, asked: state.frames[0]?.asked });
  }

  /** To be asked when all paths have run. */
  get conditionals(): Conditionals {
    return { found: this.found(), isCut: this.isCut };
  }

  /** What is given to the caller locked is not taken for the function itself. */
  private found(): ConditionalLock[] {
    const found = new Map<string, ConditionalLock>();
    for (const { work, visits } of this.visits.values()) {
      for (const [name, lock] of new Map(visits.flatMap(({ held }) => [...held]))) {
        if (this.kept.has(name) || !this.isDecidedByCaller(name, visits)) continue;
        const one = found.get(name) ?? { fn: this.fn, lock, works: [] };
        one.works.push(work);
        found.set(name, one);
      }
    }
    return [...found.values()];
  }

  /** Whether one question about the caller's things tells all paths that hold the lock from all that do not. */
  private isDecidedByCaller(name: string, visits: readonly Visit[]): boolean {
    const without = visits.filter(({ held }) => !held.has(name));
    const within = visits.filter(({ held }) => held.has(name));
    if (without.length === 0) return false;
    const tells = ({ bare, outcome }: Asked) =>
      this.pure.has(bare) &&
      within.every(({ asked }) => lastAsked(asked, bare)?.outcome === outcome) &&
      without.every(({ asked }) => lastAsked(asked, bare)?.outcome === !outcome);
    for (let one = within[0]?.asked; one; one = one.before) if (tells(one)) return true;
    return false;
  }
}

const mostVisits = 500;

/** Pages come locked from methods of a filesystem, as their result says: who holds such a lock cannot be told. */
function isOwn(held: Held, fn: Fn): boolean {
  return held.fn === fn.name && !held.given && !held.restores && !isPage(held);
}

/** Remembers that a function which, by its name, takes a lock was called, and that nobody knows which it is. */
export function notice({ event, state }: Moment): void {
  if (event.kind !== 'return' || readLockName(event.name)?.does !== 'acquire') return;
  if (!state.held.some(({ by }) => by === event.name)) state.marks.set(otherName, 1);
}

/** Whether the path may hold, under another name, whatever lock one looks for. */
export const hasOther = ({ marks }: State): boolean => marks.has(otherName);

/** The mark of such a path. */
export const otherName = 'takes a lock by another name';

/** One lock as callers see it: its kind, and the member that it is. */
export function nameOf({ family, lock }: Held): string {
  return `${family} ${placeOf(lock).offset}`;
}

function isLocking(name: string): boolean {
  return knownLocks.has(name) || readLockName(name) !== undefined;
}

/** What is computed of arguments and read through them, with constants of any name: nothing that anybody answers. */
export function isCallers(term: Term): boolean {
  const symbols = term.symbols;
  return symbols.every(isPlain) && symbols.some(comesFromCaller);
}

function isPlain({ shape }: Term): boolean {
  if (shape.kind !== 'symbol') return true;
  if (shape.text.startsWith('['))
    return shape.from.every((each) => !isTerm(each) || each.symbols.every(isPlain));
  return /^(argument |&)/.test(shape.text);
}

function comesFromCaller(symbol: Term): boolean {
  const { shape } = symbol;
  if (isArgument(symbol)) return true;
  return (
    shape.kind === 'symbol' && shape.from.some((each) => isTerm(each) && each.symbols.some(comesFromCaller))
  );
}

const known = new WeakMap<Fn, boolean>();

/** Whether some way through a function leads around a lock that it takes, to something it does under it. */
export function mayBeConditional(program: Program, fn: Fn): boolean {
  const answer = known.get(fn) ?? leadsAround(program, fn);
  known.set(fn, answer);
  return answer;
}

function leadsAround({ functions }: Program, fn: Fn): boolean {
  const calls = fn.code.flatMap((i, at) => {
    if (i.op === 'unknown') return [{ at, name: i.name }];
    return i.op === 'call' ? [{ at, name: functions[i.callee]!.name }] : [];
  });
  const taken = calls.filter(({ name }) => readLockName(name)?.does === 'acquire' || knownLocks.has(name));
  if (taken.length === 0) return false;
  const flow = new Flow(fn);
  const works = calls.filter(({ name }) => !isLocking(name));
  return taken.some((lock) =>
    works.some((work) => flow.reaches(lock.at + 1, work.at, lock.at) && flow.reaches(0, work.at, lock.at)),
  );
}
