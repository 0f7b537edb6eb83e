import type { Instruction } from '../vm/program.js';
import { heldTwice, isKnownOne, takenBeside } from './alias.js';
import { isPrivate } from './cells.js';
import { isNegative } from './errors.js';
import { isNeverZero } from './facts.js';
import {
  atomicFamilies,
  endsObject,
  exclusiveFamilies,
  knownLocks,
  type LockPlace,
  nestingFamilies,
  turnsOff,
  turnsOn,
  unmaps,
} from './known-lock.js';
import { readLockName } from './lock-name.js';
import { isPage, passed } from './passed.js';
import { type Frame, type Held, type State, topOf } from './state.js';
import { isTerm, placeOf, type Term, TooMuch, type Value } from './term.js';
import type { Walk } from './walk.js';

/** Whether a function of this name is known to take or release a lock, and nothing else. */
export function speaksOfLock(walk: Walk, name: string): boolean {
  return knownLocks.has(name) || walk.around.families.has(readLockName(name)?.family ?? '-');
}

/** Whether one of the kernel's own locks is meant that lies nowhere: what takes or releases that ends there. */
export function isNoLock(name: string, args: readonly Value[]): boolean {
  if (args[0] !== 0 || knownLocks.has(name)) return false;
  const read = readLockName(name);
  return read !== undefined && exclusiveFamilies.has(read.family);
}

/** Does to the path's locks what a function of this name does. */
export function lockCall(
  walk: Walk,
  state: State,
  name: string,
  args: readonly Value[],
  result: Value,
): void {
  if (unmaps.has(name))
    state.held = state.held.map((lock) => (lock.family === 'lock rcu' ? { ...lock, doubtful: true } : lock));
  if (endsObject.has(name)) goesWithObject(state, args, result);
  const known = knownLocks.get(name);
  if (known) {
    const lock = lockAt(walk, state, known.at, args, result);
    const held = heldBy(state, name, { family: known.family, mode: 'write', lock, args: [lock] });
    if (known.does === 'release') release(walk, state, held);
    else acquire(walk, state, { ...held, given: known.got === 'always' ? undefined : given(result, true) });
    return;
  }
  const read = readLockName(name);
  if (!read || !walk.around.families.has(read.family)) {
    const releases = read?.does === 'release';
    if (releases || /lock/i.test(name)) doubt(state, name, args, releases);
    return;
  }
  const { family, mode } = read;
  const lock = args[0] ?? 0;
  const held = heldBy(state, name, { family, mode, lock, args });
  if (read.does === 'release') {
    if (isOfModes(name, family, args)) throw new TooMuch(`${name}() releases one of several modes`);
    release(walk, state, held);
  } else if (read.does === 'downgrade') downgrade(walk, state, held);
  else acquire(walk, state, { ...held, given: givenBy(walk, state, read.got, result) });
}

/**
 * `iunlock(inode, mode)`: behind one object stand several locks, and which of them are held the modes tell. They are
 * variables, zero for none, or names from a header that is not read: a path does not tell one from the other.
 */
function isOfModes(name: string, family: string, args: readonly Value[]): boolean {
  const [, mode, ...others] = args;
  if (mode === undefined || others.length > 0 || atomicFamilies.has(family) || !/lock$/.test(name))
    return false;
  // An address is no mode.
  return !isTerm(mode) || (mode.shape.kind !== 'offset' && !isNeverZero(mode));
}

/** Where a reference to an object was the last one, which the answer says, it is gone with its locks. */
function goesWithObject(state: State, [reference = 0]: readonly Value[], answer: Value): void {
  const { base } = placeOf(reference);
  const stays = given(answer, false);
  state.held = state.held.map((lock) =>
    base !== undefined && isTaken(lock, state) && placeOf(lock.lock).base === base
      ? { ...lock, given: stays }
      : lock,
  );
}

/**
 * A function that speaks of locking, and not clearly, may have released or taken what it was given, or a part of it.
 * Who only `releases` may end a section, too, in which what it was given was found.
 */
function doubt(state: State, name: string, args: readonly Value[], releases: boolean): void {
  // An object that was found by its member, as those of a list are, begins before what is known of it.
  const bases = new Set(args.map((arg) => placeOf(arg).base).filter((base) => base !== undefined));
  const isMeant = ({ lock }: Held) =>
    (lock !== 0 && args.includes(lock)) || bases.has(placeOf(lock).base as Term);
  const isEnded = ({ family }: Held) => releases && family === 'lock rcu' && bases.size > 0;
  // `get_pages_locked(.., &locked)`: what is left of the lock, whichever it is, is written there.
  const tells = /(^|_)(un)?locked(_|$)/.test(name) && [...bases].some(isPrivate);
  state.held = state.held.map((lock) => {
    if (tells && !isPage(lock)) return { ...lock, doubtful: true };
    return isMeant(lock) || isEnded(lock) ? passed(lock, topOf(state)) : lock;
  });
  state.past = state.past.filter((lock) => !isMeant(lock));
}

function heldBy(state: State, by: string, rest: Pick<Held, 'family' | 'mode' | 'lock' | 'args'>): Held {
  const frame = topOf(state);
  const { name, file, code } = frame.fn;
  const line = code[frame.at]?.line ?? 0;
  return { ...rest, whole: frame.locks, given: undefined, by, fn: name, file, line, serial: frame.serial };
}

function given(value: Value, nonzero: boolean, certain = true): Held['given'] {
  return { value, nonzero, certain };
}

/** A result that is used, of a lock function that only takes the lock, may say anything about it. */
function givenBy(walk: Walk, state: State, got: 'always' | 'nonzero' | 'zero', result: Value): Held['given'] {
  if (got !== 'always') return given(result, got === 'nonzero');
  const frame = topOf(state);
  const i = frame.fn.code[frame.at];
  const used =
    i?.op === 'unknown' ? i.used : i?.op === 'call' && walk.flowOf(frame.fn).needs(frame.at + 1, i.d);
  return used ? given(result, true, false) : undefined;
}

function lockAt(walk: Walk, state: State, at: LockPlace, args: readonly Value[], result: Value): Value {
  if (at === 'result') return result;
  if (at === 'nowhere') return 0;
  if ('argument' in at) return args[at.argument] ?? 0;
  const pointer = args[at.through] ?? 0;
  const lock = walk.around.calculator.terms.symbol('lock of', args);
  if (isTerm(pointer)) state.cells.store(pointer, 8, lock);
  return lock;
}

/** No path of a kernel holds so many; each is part of what tells one path from another. */
const mostHeld = 16;

function acquire(walk: Walk, state: State, lock: Held): void {
  if (turnsOff.has(lock.by) && state.held.some(({ by }) => turnsOff.has(by))) return;
  if (state.held.length >= mostHeld) throw new TooMuch('a path holds more locks than are looked at');
  walk.tell(state, { kind: 'acquire', lock });
  if (keepsOthersOut(lock)) state.cells.forgetRead(lock.lock);
  state.facts.follow(lock.lock);
  const restores = state.past.some(
    (past) => past.by === '' && past.family === lock.family && mayBeOne(past.lock, lock.lock),
  );
  const taken = takenBeside(state, restores ? { ...lock, restores } : lock);
  state.held.push(taken);
  heldTwice(state, walk.around.calculator);
}

function release(walk: Walk, state: State, lock: Held): void {
  settle(state);
  const found = holderOf(state, lock);
  if (!found && turnsOn.has(lock.by) && state.past.some((past) => isSame(past, lock))) return;
  if (!found) state.marks.set(unattributed(lock.family), 1);
  if (!found)
    state.held = state.held.map((each) => (isWithin(each, lock) ? passed(each, topOf(state)) : each));
  const otherMode = found !== undefined && found.mode !== lock.mode;
  walk.tell(state, { kind: 'release', lock, held: found, otherMode });
  if (found) state.held = state.held.filter((each) => each !== found);
  state.past = [
    ...state.past.filter((each) => !isSame(each, lock)),
    found && !found.restores ? { ...found, lock: lock.lock, args: lock.args } : { ...lock, by: '' },
  ];
}

/** Who waits for a lock looks again at what it guards, wherever that lies: it may be another by then. */
const keepsOthersOut = ({ family }: Held): boolean =>
  !nestingFamilies.has(family) && /lock|semaphore/.test(family);

/**
 * `area_unlock(area)` of what was locked as `spin_lock(&area->lock)`, or the other way round: of two locks of an object,
 * one of the kernel's and one by another name, the one may stand for the other.
 */
function isWithin(held: Held, { family, lock }: Held): boolean {
  const [a, b] = [placeOf(held.lock), placeOf(lock)];
  const isKernels = (one: string) => exclusiveFamilies.has(one) || atomicFamilies.has(one);
  return a.base !== undefined && a.base === b.base && isKernels(held.family) !== isKernels(family);
}

const isSame = (a: Held, b: Held): boolean => a.lock === b.lock && a.family === b.family;

function downgrade(walk: Walk, state: State, lock: Held): void {
  const found = holderOf(state, lock);
  walk.tell(state, { kind: 'downgrade', lock, held: found });
  state.held = state.held.map((each) => (each === found ? { ...each, mode: 'read' } : each));
}

/**
 * A function that returns what nobody knows, and NULL or zero elsewhere, says by that what became of locks: it has
 * released what it took, or still holds what its caller took. Then what it returns on the other path is not zero.
 */
export function saysByNull(walk: Walk, state: State, { fn, serial }: Frame, value: Value | undefined): void {
  if (value === undefined || !isTerm(value) || !isUnknown(value)) return;
  // What has turned out to be zero says what zero says.
  if (state.facts.truth(value) === false) return;
  const isNull = (i: Instruction) =>
    i.op === 'return' && i.a !== undefined && i.a < 0 && walk.constants[~i.a] === 0;
  if (!fn.code.some(isNull)) return;
  const says = given(value, true);
  state.held = state.held.map((lock) =>
    lock.serial >= serial && isTaken(lock, state) ? { ...lock, given: says } : lock,
  );
  state.past = state.past.map((lock) =>
    lock.serial >= serial && lock.by === '' ? { ...lock, given: says } : lock,
  );
}

/** Whether nothing is open any more that says whether the lock was got. */
function isTaken({ given: g }: Held, { facts }: State): boolean {
  return g === undefined || (g.certain && facts.truth(g.value) === g.nonzero);
}

/** What somebody else answered, or what was read somewhere. */
function isUnknown({ shape }: Term): boolean {
  return shape.kind === 'convert'
    ? isUnknown(shape.a)
    : shape.kind === 'symbol' && /^\[|\(\)$/.test(shape.text);
}

/** Drops locks of which it has turned out that they were not got: an error never says that one was. */
export function settle(state: State): void {
  if (state.held.every(({ given: g }) => g === undefined)) return;
  state.held = state.held.filter(({ given: g }) => {
    if (!g?.certain) return g === undefined || !isNegative(g.value, state.facts);
    const truth = state.facts.truth(g.value);
    return truth === undefined || truth === g.nonzero;
  });
}

/**
 * The held lock that a release means: the very same; the same by name; one that may be the same, or is; or what is taken or
 * released without saying which, as there is one only. The last taken first, and in the right mode before the other one.
 */
export function holderOf(state: State, lock: Held): Held | undefined {
  const all = state.held.filter(({ family }) => family === lock.family).reverse();
  const grades = [
    (held: Held) => held.lock === lock.lock,
    (held: Held) => isTerm(held.lock) && isTerm(lock.lock) && held.lock.bare === lock.lock.bare,
    (held: Held) => held.args.some((arg) => isTerm(arg) && lock.args.includes(arg)),
    (held: Held) => mayBeOne(held.lock, lock.lock) || isKnownOne(state.facts, held.lock, lock.lock),
    (held: Held) => held.args.length === 0 || lock.args.length === 0,
  ];
  for (const isIt of grades) {
    const candidates = all.filter(isIt);
    const found = candidates.find(({ mode }) => mode === lock.mode) ?? candidates[0];
    if (found) return found;
  }
  return undefined;
}

/** Two unknown addresses may be one, unless they are different members. */
export function mayBeOne(a: Value, b: Value): boolean {
  if (!isTerm(a) || !isTerm(b)) return a === b;
  const [x, y] = [placeOf(a), placeOf(b)];
  if (x.base === y.base) return x.offset === y.offset;
  return x.offset === y.offset || x.offset === 0 || y.offset === 0;
}

/** The mark of a path that released a lock of this family, and nobody knows which. */
export const unattributed = (family: string): string => `${released} ${family}`;

export const isUnattributed = (mark: string): boolean => mark.startsWith(released);

const released = 'released unknown';
