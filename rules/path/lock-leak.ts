import { isPrivate } from '../../simulator/path/cells.js';
import { contradicts, demandsOf, returnClass } from '../../simulator/path/contract.js';
import { answerIn } from '../../simulator/path/errors.js';
import { atomicFamilies, exclusiveFamilies } from '../../simulator/path/known-lock.js';
import { unattributed } from '../../simulator/path/lock-call.js';
import { readLockName } from '../../simulator/path/lock-name.js';
import { isPage, isSection, isSwitch, wentThrough } from '../../simulator/path/passed.js';
import { ofOthers } from '../../simulator/path/plausible.js';
import { excuseOf, type PathEnd, type PathRule, type Paths, type Said } from '../../simulator/path/rule.js';
import { type Asked, type Held, siteOf } from '../../simulator/path/state.js';
import { isTerm, placeOf, type Term } from '../../simulator/path/term.js';

/** A path ends with a lock still held that other paths of the function release. */
export const lockLeak: PathRule = {
  rule: 'lock-leak',
  title: 'a path ends with a lock still held',
  advice: 'release the lock on this path, too',
  judge: (paths) => {
    const ends = new Ends(paths);
    return paths.ends.flatMap((end) => leaked(end, paths, ends));
  },
};

function leaked(end: PathEnd, paths: Paths, ends: Ends): Said[] {
  const held = end.state.held.filter(({ restores }) => !restores);
  return held.map((lock) => {
    if (paths.released.has(siteOf(lock))) return said(lock, end, excuse(lock, end, ends));
    const other = isKernels(lock) ? otherwise(lock, end, ends) : 'what is no lock of the kernel';
    return { ...said(lock, end, excuseOf(end.state) ?? forCaller(lock)), unreleased: other === undefined };
  });
}

/** The ends of all paths, by what they return and have released: there may be thousands of them. */
class Ends {
  private readonly kinds: Map<PathEnd, string>;
  private readonly without = new Map<string, PathEnd[]>();
  private readonly answers = new Map<PathEnd, ReadonlyMap<number, boolean>>();

  constructor(private readonly paths: Paths) {
    this.kinds = new Map(paths.ends.map((end) => [end, returnClass(end)]));
  }

  get fn(): Paths['fn'] {
    return this.paths.fn;
  }

  /** Those that return such a value and hold the lock. */
  holding(site: string, kind: string): readonly PathEnd[] {
    return this.paths.ends.filter(
      (end) => this.kindOf(end) === kind && end.state.held.some((held) => siteOf(held) === site),
    );
  }

  isCallers(bare: number): boolean {
    return this.paths.callers.has(bare);
  }

  kindOf(end: PathEnd): string {
    return this.kinds.get(end) ?? returnClass(end);
  }

  /** What was asked of the caller's things, or about what was begun, on the way, and answered last. */
  answersOf(end: PathEnd): ReadonlyMap<number, boolean> {
    const known = this.answers.get(end);
    if (known) return known;
    const all = new Map<number, boolean>();
    const { callers, about } = this.paths;
    for (let one = end.state.frames[0]?.asked; one; one = one.before)
      if ((callers.has(one.bare) || about.has(one.bare)) && !all.has(one.bare))
        all.set(one.bare, one.outcome);
    this.answers.set(end, all);
    return all;
  }

  /** What begins and ends and is no lock: whether whoever ended it was answered otherwise than this path was. */
  isEndedElse(lock: Held, end: PathEnd): boolean {
    const endings = this.paths.endings.of(siteOf(lock));
    const answers = this.answersOf(end);
    const isOther = ({ bare, outcome }: Asked) => answers.get(bare) === !outcome;
    return endings.length > 0 && endings.every((frames) => frames.some((one) => latest(one).some(isOther)));
  }

  /** Those that return such a value and have released the lock; one of each that hold and want the same. */
  withoutLock(site: string, kind: string): readonly PathEnd[] {
    const key = `${kind} ${site}`;
    const known = this.without.get(key);
    if (known) return known;
    const behind = this.paths.behind(site);
    const isOne = (end: PathEnd) =>
      this.kindOf(end) === kind &&
      behind.has(end.state.node) &&
      !end.state.held.some((held) => siteOf(held) === site);
    const keyOf = (end: PathEnd) =>
      `${demandsOf(end)};${end.state.held.map(siteOf).join()};${[...this.answersOf(end)].sort().join()}`;
    const distinct = new Map(this.paths.ends.filter(isOne).map((end) => [keyOf(end), end]));
    const found = [...distinct.values()];
    this.without.set(key, found);
    return found;
  }
}

/** What was asked, each as it was answered last. */
function latest(asked: Asked | undefined): Asked[] {
  const all = new Map<number, Asked>();
  for (let one = asked; one; one = one.before) if (!all.has(one.bare)) all.set(one.bare, one);
  return [...all.values()];
}

/** What a function takes and nobody in it releases. */
const forCaller = ({ by }: Held): string =>
  `the lock that ${by}() took is for the caller, since no path releases it`;

/**
 * Why it is no leak of what other paths release, or not told from one. Or everybody who returns such a value holds the
 * lock, which then is what the value says; that takes long to find out.
 */
function excuse(lock: Held, end: PathEnd, ends: Ends): string | undefined {
  const other = otherwise(lock, end, ends);
  if (other !== undefined) return other;
  if (isLeftByValue(lock, end, ends)) return undefined;
  return `what is returned, or was asked for, tells the caller that the lock is held that ${lock.by}() took`;
}

/** Why nobody can be blamed, whatever other paths do. */
function otherwise(lock: Held, end: PathEnd, ends: Ends): string | undefined {
  const { by, family, given } = lock;
  const { facts, marks } = end.state;
  const ofAll = excuseOf(end.state);
  if (ofAll !== undefined) return ofAll;
  if (marks.has(unattributed(family)))
    return `the lock that ${by}() took is another one than that of its kind which the path releases, and the caller's`;
  if (isSection(lock) && marks.has(ofOthers))
    return `what ${by}() began is ended by the last who holds a reference, and others hold one`;
  if (isSwitch(lock) && leavesVariable(end))
    return `what ${by}() turned off stays so, as a variable of the file says that the path has set`;
  if (given && (!given.certain || facts.truth(given.value) === undefined))
    return `${by}() may not have taken the lock, which its answer says`;
  if (isPage(lock) && isTerm(lock.lock) && isReadFromCaller(lock.lock))
    return `a page that was read through an argument may stay locked for the caller`;
  if (isPage(lock) && isTerm(lock.lock) && marks.has(wentThrough(lock.lock)))
    return `a page of the caller's that a method may have unlocked may be locked for the caller again`;
  if (isHandedOver(lock, end)) return `what ${by}() locked is handed to the caller with its lock`;
  if (takesByName(ends.fn.name, end.value === -1 ? 'number' : ends.kindOf(end)))
    return `${ends.fn.name}() takes a lock for its caller, as its name says`;
  return undefined;
}

/** Whether the path has set a variable of the file to something that is not zero, which all who come later may ask. */
const leavesVariable = ({ state }: PathEnd): boolean =>
  [...(state.cells.regions.get(0)?.cells.values() ?? [])].some(
    ({ value, written }) => written && !isTerm(value) && value !== 0,
  );

/** A lock of the kernel's that is nothing but that. */
const isKernels = (lock: Held): boolean =>
  !isPage(lock) && (exclusiveFamilies.has(lock.family) || atomicFamilies.has(lock.family));

/** What is traced is no lock by its beginning and its end, but may well be locked. */
const isTraceLock = (name: string): boolean =>
  /^_{0,2}trace_/.test(name) && /_lock(_|$)/.test(name) && !name.includes('unlock');

/** Who is called to lock something has done so, unless what he returns says that he has not. */
const takesByName = (name: string, kind: string): boolean =>
  kind !== 'error' &&
  kind !== 'zero' &&
  (readLockName(name)?.does === 'acquire' || isTraceLock(name)) &&
  !/(^|_)(in|of|under|with|without)_/.test(name);

/**
 * Whether such a value is returned with the lock and without it. An error never says that a lock is held, and a code
 * like VM_FAULT_NOPAGE, a number beyond yes and no, not that a spinlock is.
 */
function isLeftByValue(lock: Held, end: PathEnd, ends: Ends): boolean {
  const kind = ends.kindOf(end);
  if (ends.isEndedElse(lock, end)) return false;
  if (kind === 'error' || (/^\d{2,}$/.test(kind) && atomicFamilies.has(lock.family))) return true;
  if (isFailure(lock, end, ends)) return true;
  return ends
    .withoutLock(siteOf(lock), kind)
    .some(
      (other) => !contradicts(other, end) && !holdsInstead(other, end) && !isAskedFor(lock, ends, other, end),
    );
}

/**
 * `error = prepare(x); if (error) return error;`: what somebody answered is handed on, where the other paths say by zero
 * that all went well, and have released the lock. Who was handed the object of the lock may have released it.
 */
function isFailure(lock: Held, end: PathEnd, ends: Ends): boolean {
  if (!isKernels(lock) || ends.fn.result !== 'integer' || ends.kindOf(end) !== 'something') return false;
  const answer = end.value === undefined ? undefined : answerIn(end.value);
  if (answer?.shape.kind !== 'symbol') return false;
  const { base } = placeOf(lock.lock);
  if (answer.shape.from.some((arg) => placeOf(arg).base === base)) return false;
  return ends.holding(siteOf(lock), 'zero').length === 0 && ends.withoutLock(siteOf(lock), 'zero').length > 0;
}

/**
 * `map(vma, keep_lock)`: the caller's own things say that the lock stays on the one path, and falls on the other. What
 * is begun and ended, and is no lock of the kernel's, may be nothing but for some of them: `if (is_large(vma))` it ends.
 */
function isAskedFor(lock: Held, ends: Ends, other: PathEnd, end: PathEnd): boolean {
  const answers = ends.answersOf(end);
  const counts = (bare: number) => ends.isCallers(bare) || isSection(lock);
  return [...ends.answersOf(other)].some(([bare, outcome]) => counts(bare) && answers.get(bare) === !outcome);
}

/** A page table is locked at one of several levels: who returns gives the caller the lock of one of them. */
function holdsInstead(other: PathEnd, end: PathEnd): boolean {
  const sites = new Set(end.state.held.map(siteOf));
  return other.state.held.some((held) => !sites.has(siteOf(held)));
}

function said(lock: Held, { choices, file, line, moment, state }: PathEnd, excuse: string | undefined): Said {
  const fn = state.frames[0]!.fn.name;
  const message = `${fn}() returns with the lock held that ${lock.by}() took at line ${lock.line}`;
  const object = `${lock.by} ${lock.fn}`;
  return { message, object, begins: lock.line, relies: lock, excuse, file, line, fn, choices, moment };
}

/** What a function gives to its caller it may give locked: the object is returned, or stored where the caller looks. */
function isHandedOver({ lock }: Held, { value, state }: PathEnd): boolean {
  if (!isTerm(lock)) return false;
  const { base } = placeOf(lock);
  if (value === lock || value === base) return true;
  for (const region of state.cells.regions.values()) {
    if (isPrivate(region.base)) continue;
    for (const cell of region.cells.values())
      if (cell.written && (cell.value === lock || cell.value === base)) return true;
  }
  return false;
}

/** A page that was found in an object of the caller's stands there for the caller, too. */
function isReadFromCaller({ shape }: Term): boolean {
  if (shape.kind !== 'symbol' || !shape.text.startsWith('[')) return false;
  const [address = 0] = shape.from;
  return !isPrivate(placeOf(address).base);
}
