import { isPrivate } from '../../simulator/path/cells.js';
import { contradicts, returnClass } from '../../simulator/path/contract.js';
import { unattributed } from '../../simulator/path/lock-call.js';
import { isPage } from '../../simulator/path/passed.js';
import type { PathEnd, PathRule, Paths, Said } from '../../simulator/path/rule.js';
import { type Held, siteOf } from '../../simulator/path/state.js';
import { isTerm, placeOf, type Term } from '../../simulator/path/term.js';

/** A path ends with a lock still held that other paths of the function release. */
export const lockLeak: PathRule = {
  rule: 'lock-leak',
  title: 'a path ends with a lock still held',
  advice: 'release the lock on this path, too',
  judge: (paths) => paths.ends.flatMap((end) => leaked(end, paths)),
};

function leaked(end: PathEnd, paths: Paths): Said[] {
  return end.state.held.filter((lock) => isLeak(lock, end, paths)).map((lock) => said(lock, end));
}

/**
 * No leak: nobody in this function ever releases what was taken there (it takes the lock for its caller), or
 * everybody who returns such a value holds it, which then is what the value says. An error never says that.
 */
function isLeak(lock: Held, end: PathEnd, paths: Paths): boolean {
  const { ends, released } = paths;
  const { given, restores } = lock;
  if (restores || end.state.marks.has(unattributed(lock.family))) return false;
  if (given && (!given.certain || end.state.facts.truth(given.value) === undefined)) return false;
  if (!released.has(siteOf(lock)) || isHandedOver(lock, end)) return false;
  const kind = returnClass(end);
  const alike = ends.filter((other) => returnClass(other) === kind && !contradicts(other, end));
  const behind = paths.behind(siteOf(lock));
  const without = alike.some(
    ({ state }) => behind.has(state.node) && !state.held.some((held) => siteOf(held) === siteOf(lock)),
  );
  return kind === 'error' || without;
}

function said(lock: Held, { choices, file, line, moment, state }: PathEnd): Said {
  const fn = state.frames[0]!.fn.name;
  const message = `${fn}() returns with the lock held that ${lock.by}() took at line ${lock.line}`;
  const object = `${lock.by} ${lock.fn}`;
  return { message, object, begins: lock.line, relies: lock, file, line, fn, choices, moment };
}

/** What a function gives to its caller it may give locked: the object is returned, or stored where the caller looks. */
function isHandedOver(held: Held, { value, state }: PathEnd): boolean {
  const { lock } = held;
  if (!isTerm(lock)) return false;
  if (isPage(held) && isReadFromCaller(lock)) return true;
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
