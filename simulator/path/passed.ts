import { isPrivate } from './cells.js';
import { isCallers } from './conditional-lock.js';
import { atomicFamilies, exclusiveFamilies, nestingFamilies, sleepers, turnsOff } from './known-lock.js';
import { excusedFrom } from './rule.js';
import type { Frame, Held, State } from './state.js';
import { isTerm, placeOf, type Term, type Value } from './term.js';

/**
 * Pages and folios are locks themselves, and handed to functions that have nothing to do with it. But what is put
 * into a variable of the path, `pagevec_add(&locked, page)`, is released from there; and what is put into a batch of
 * the caller's by the caller.
 */
export function isHanded(
  { family, lock }: Held,
  name: string,
  args: readonly Value[],
  { held }: State,
): boolean {
  if (!isPage({ family })) {
    if (onlyAsks(name) || lock === args[0]) return !onlyAsks(name);
    const isIt = (arg: Value) =>
      arg === lock || (isLike(lock, arg) && !held.some((each) => each.lock === arg));
    return isNothingElse(family) && args.some(isIt);
  }
  if (writesPage.test(name) && args.includes(lock)) return true;
  if (args[0] === lock && putsPage(name, args)) return true;
  const [first = 0] = args;
  if (args.lastIndexOf(lock) <= 0 || !isTerm(first)) return false;
  return isPrivate(placeOf(first).base) || /(vec|batch)_add/.test(name);
}

/** The same member of what may be the same object: `&log->lock` may go as `&iclog->log->lock`, too. */
function isLike(lock: Value, arg: Value): boolean {
  const [held, handed] = [placeOf(lock), placeOf(arg)];
  return isTerm(lock) && isTerm(arg) && held.offset !== 0 && held.offset === handed.offset;
}

/** Who writes a page to where it belongs, or moves what it holds, unlocks it, or not, as the answer says. */
const writesPage = /(?:^|_)(?:write_?|migrate_)(?:\w{1,24}_)?(?:page|folio)$/;

/** `put_page(page, 1)`, `folio_put(folio, true)`: who gives a page back and is told so unlocks it before. */
const putsPage = (name: string, [, isLocked = 0]: readonly Value[]): boolean =>
  isLocked !== 0 && /(^|_)put(_page|_folio)?$/.test(name);

/** Whether somebody waits for a lock, or has it: that changes nothing. */
const onlyAsks = (name: string): boolean => /(^|_)(is|assert)_/.test(name);

/** What is a lock, and not an object that is locked by itself: who is handed it, at any place, has to do with it. */
const isNothingElse = (family: string): boolean => /^(lock spin|lock mutex|semaphore|lock)$/.test(family);

/**
 * The mark of a path on which a page of the caller's went through a method of a filesystem, whose answer says whether
 * that has unlocked it: who locks it then may take again what the caller held.
 */
export const wentThrough = (page: Term): string => excusedFrom(`what a method did to ${page.bare}`);

/** Marks the path so for what a method was handed. */
export function goesThrough(state: State, args: readonly Value[]): void {
  for (const arg of args) if (isTerm(arg) && isCallers(arg)) state.marks.set(wentThrough(arg), 1);
}

const nothing: ReadonlySet<Value> = new Set();

/**
 * What lies in a batch of the path's own that is handed to a function of batches: that may unlock a page, or take it
 * out, and how many are left is not known then.
 */
export function carriedBy({ cells }: State, name: string, args: readonly Value[]): ReadonlySet<Value> {
  if (!/vec|batch/.test(name)) return nothing;
  const bases = args.map((arg) => placeOf(arg).base).filter((base) => base !== undefined && isPrivate(base));
  const regions = bases.flatMap((base) => cells.regions.get((base as Term).id) ?? []);
  return new Set(regions.flatMap((region) => [...region.cells.values()].map(({ value }) => value)));
}

/**
 * A spinlock of an object that is handed to a function which is called through a pointer: whether that releases the
 * lock its result may say, and those who call it know what it means.
 */
export function isOfObject({ family, lock }: Held, args: readonly Value[]): boolean {
  const { base } = placeOf(lock);
  return atomicFamilies.has(family) && base !== undefined && args.some((arg) => placeOf(arg).base === base);
}

/** A processor that has nothing to do lets interrupts in, or it would sleep for good. */
export function isIdle({ by }: Held, name: string): boolean {
  return turnsOff.has(by) && /(^|_)(cpu)?(idle|halt|suspend)(_|$)/.test(name);
}

/**
 * Who is to wait, and is handed what the lock was taken for, lets go of it meanwhile, and may not take it again; so does
 * who is to wait for something under a lock under which nobody sleeps. And who is called when something has failed may
 * end what was begun.
 */
export function isLetGo({ whole, family }: Held, name: string, args: readonly Value[]): boolean {
  if (atomicFamilies.has(family)) return !sleepers.has(name) && /(^|_)wait_(on|for)(_|$)/.test(name);
  if (!exclusiveFamilies.has(family) && /(^|_)(failed|abort|cancel|rollback)(_|$)/.test(name)) return true;
  return whole !== undefined && isTerm(whole) && /(^|_)wait(_|$)/.test(name) && args.includes(whole);
}

/** Where the address of a lock stands in an object that is handed on, `walk->ptl`: who gets that may release it. */
export function isKnownBy({ lock }: Held, { cells }: State, args: readonly Value[]): boolean {
  if (!isTerm(lock)) return false;
  return args.some((arg) => {
    const region = isTerm(arg) ? cells.regions.get((placeOf(arg).base as Term).id) : undefined;
    return region !== undefined && [...region.cells.values()].some(({ value }) => value === lock);
  });
}

/** Marks the locks of what a function was handed that answered so. */
export function tell(state: State, { shape }: Term): void {
  const bases = shape.kind === 'symbol' ? shape.from.map((arg) => placeOf(arg).base) : [];
  const isMeant = ({ lock }: Held) => isTerm(lock) && bases.includes(placeOf(lock).base);
  state.held = state.held.map((lock) => (isMeant(lock) ? { ...lock, told: true } : lock));
}

/** The lock goes through a call that may release it. */
export function passed(lock: Held, frame: Frame): Held {
  const place = `${frame.fn.id} ${frame.at}`;
  const { through = [], lock: address, family } = lock;
  if (!isTerm(address) && address === 0 && family !== 'lock rcu') return lock;
  return through.includes(place) ? lock : { ...lock, through: [...through, place] };
}

/** What is begun and ended, and is no lock by its name. */
export const isSection = ({ family }: Pick<Held, 'family'>): boolean => /(^| )section( |$)/.test(family);

/** What is turned off and on as often, `record_disable(area)`, and is none of the kernel's own switches. */
export const isSwitch = ({ family }: Pick<Held, 'family'>): boolean =>
  / switch$/.test(family) && !nestingFamilies.has(family);

/**
 * Whether a question is what somebody answers of that which was begun, `is_large(area)`, or turned off; or what a
 * variable of the file says.
 */
export function isAbout({ symbols }: Term, lock: Held): boolean {
  const isAnswer = ({ shape }: Term) =>
    shape.kind === 'symbol' && shape.text.endsWith('()') && shape.from.some((arg) => lock.args.includes(arg));
  const isVariable = ({ shape }: Term) =>
    shape.kind === 'symbol' && shape.text.startsWith('[') && shape.from.every((from) => !isTerm(from));
  return (isSection(lock) || isSwitch(lock)) && (symbols.some(isAnswer) || symbols.every(isVariable));
}

export const isPage = ({ family }: Pick<Held, 'family'>): boolean => family === 'lock page';
