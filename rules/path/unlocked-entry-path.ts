import type { Moment } from '../../simulator/path/event.js';
import { atomicFamilies } from '../../simulator/path/known-lock.js';
import type { PathRule } from '../../simulator/path/rule.js';
import type { State } from '../../simulator/path/state.js';
import { isTerm, type Value } from '../../simulator/path/term.js';

/** Each says what stands in a tree at this moment. */
const lookups = words(`
  radix_tree_lookup radix_tree_lookup_slot __radix_tree_lookup radix_tree_deref_slot radix_tree_next_chunk
  radix_tree_deref_slot_protected radix_tree_gang_lookup radix_tree_gang_lookup_slot radix_tree_gang_lookup_tag
  xas_load xas_reload xas_find xas_find_marked xas_find_conflict xas_next xas_prev xa_load xa_find xa_find_after`);

/** Each changes what was found, and takes for granted that it still stands there. */
const changes = words(`
  radix_tree_replace_slot __radix_tree_replace radix_tree_delete xas_store __xa_store __xa_erase
  lock_slot unlock_slot put_locked_mapping_entry dax_lock_entry dax_unlock_entry`);

/** Each finds out by itself whether something stands there, and says so. */
const inserts = words('radix_tree_insert __radix_tree_insert __xa_insert xa_insert');

/** An entry is found, or not, under a lock; the lock falls; and without another look it is acted on. */
export const unlockedEntryPath: PathRule = {
  rule: 'unlocked-entry-path',
  title: 'an entry, or that there is none, is acted on after the lock of the tree fell',
  advice: 'look the entry up again after retaking the lock, or lock it before the lock falls',
  names: new Set([...lookups, ...changes, ...inserts]),
  watch: (moment) => {
    const { event, state, line } = moment;
    switch (event.kind) {
      case 'release':
        if (state.marks.get(under) === (event.held?.lock ?? 0) && isTreeLock(event.lock) && !isPinned(state))
          state.marks.set(fell, line);
        return undefined;
      case 'call':
        return called(event.name, moment);
      case 'return':
        returned(event.name, moment);
        return undefined;
      case 'end':
        return collided(moment);
      default:
        return undefined;
    }
  },
};

const entry = 'entry looked up';
const found = 'entry looked up at line';
const under = 'lock that the entry was looked up under';
const fell = 'lock of the entry fell at line';
const depth = 'calls deep that the entry was looked up';
/** After `xas_nomem()` has got memory nothing is left of what was walked to. */
const again = 'memory was got for another try';
const inserted = 'inserted without another look by';

type Alarm = ReturnType<NonNullable<PathRule['watch']>>;

function called(name: string, { state, fn }: Moment): Alarm {
  if (!changes.has(name)) return undefined;
  const since = state.marks.get(fell);
  const line = state.marks.get(found);
  const isAgain = state.marks.has(again);
  forget(state);
  if (since === undefined) return undefined;
  const message = `${name}() acts on what was looked up at line ${line}, although the lock fell at line ${since}`;
  const excuse = isAgain ? 'who has got memory and tries again walks to the entry anew' : undefined;
  return { object: `entry in ${fn}()`, message, excuse };
}

function returned(name: string, { event, state, line, fn }: Moment): void {
  rise(state);
  if (event.kind !== 'return') return;
  if (name === 'xas_nomem' && state.marks.has(fell)) state.marks.set(again, 1);
  if (lookups.has(name)) {
    forget(state);
    const lock = state.held.findLast(({ family }) => atomicFamilies.has(family));
    if (lock && !isTreeLock(lock)) return;
    state.marks.set(found, line);
    state.marks.set(entry, event.value);
    state.marks.set(under, lock?.lock ?? 0);
    state.marks.set(depth, state.frames.length);
  } else if (!state.marks.has(fell) && isGiven(state, event.args)) forget(state);
  if (!inserts.has(name)) return;
  const key = `${inserted} ${fn}() ${state.marks.get(found)} ${state.marks.get(fell)}`;
  const blind = state.marks.has(fell);
  forget(state);
  if (blind) state.marks.set(key, event.value);
}

/**
 * What was found is handed, under the lock, to what nobody knows: that may keep it, as a reference does. It goes by
 * another name when the path had it before and looks whether it still stands there.
 */
function isGiven({ marks, facts }: State, args: readonly Value[]): boolean {
  const value = marks.get(entry);
  if (value === undefined || !isTerm(value)) return false;
  const names = [value, ...facts.equalsOf(value)];
  return names.some(({ id }) => args.some((arg) => isTerm(arg) && arg.origins.has(id)));
}

/**
 * A function that looks something up for its caller is believed: what it gives back when the lock fell on its way
 * may be an error, or be kept by what nobody here knows.
 */
function rise(state: State): void {
  const { marks, frames } = state;
  const level = marks.get(depth);
  if (level === undefined || isTerm(level) || frames.length >= level) return;
  if (!marks.has(fell)) marks.set(depth, frames.length);
  else for (const name of [entry, found, under, fell, depth, again]) marks.delete(name);
}

/** The insertion failed, maybe since somebody else was first, and nobody looks who, or says that all went well. */
function collided({ event, state }: Moment): Alarm {
  const isWell =
    event.kind === 'end' && event.value !== undefined && state.facts.truth(event.value) === false;
  for (const [name, value] of state.marks) {
    if (!name.startsWith(inserted) || state.facts.truth(value) !== true) continue;
    const error = state.facts.known(value);
    if (isTerm(error) ? state.facts.of(error).not.includes(-EEXIST) : error !== -EEXIST || isWell) continue;
    const [fn = '', line = '', since = ''] = name.slice(inserted.length + 1).split(' ');
    const message = `nothing was found at line ${line}; the lock fell at line ${since}, and that somebody else has inserted an entry since is taken for a failure`;
    return { object: `entry in ${fn}`, message };
  }
  return undefined;
}

const EEXIST = 17;

function forget({ marks }: State): void {
  for (const name of marks.keys()) if (name.startsWith(inserted)) marks.delete(name);
  for (const name of [entry, found, under, fell, depth, again]) marks.delete(name);
}

const isTreeLock = ({ family }: { family: string }): boolean =>
  atomicFamilies.has(family) && family !== 'lock rcu' && family !== 'switch';

/** Who holds a lock that one may sleep under has it for something: what was found may be what it protects. */
function isPinned({ held }: State): boolean {
  return held.some(({ family }) => !atomicFamilies.has(family));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
