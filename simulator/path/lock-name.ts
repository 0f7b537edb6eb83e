/** What a function does to a lock, as its name tells. */
export interface LockName {
  does: 'acquire' | 'release' | 'downgrade';
  /** Acquire and release of one family belong together: the name without its verb, mode and variant. */
  family: string;
  mode: 'read' | 'write';
  /** How the result tells whether the lock was got; `always` when it says nothing of it. */
  got: 'always' | 'nonzero' | 'zero';
}

/** Variants that take and release the same lock in the same way. */
const variants = new Set(
  'irq irqsave irqrestore bh nested nest nolock killable interruptible io timeout preempt raw async lockless subclass retry slow or'.split(
    ' ',
  ),
);
const readers = new Set(['read', 'shared', 'rd', 'reader']);
const writers = new Set(['write', 'exclusive', 'excl', 'wr', 'writer']);

/**
 * What has a beginning and an end, and is no lock: the space before a mapping, writing that the device ends, the
 * arguments of a function that takes any number of them, which may be begun by copying, what is told of a beginning or
 * an end, branches and their keys that are switched on or off for good (`static_key_disable`), memory that is to stay
 * where it is (`mlock`, `munlock`), and a place in the queue for a lock, which the next one gets.
 */
const noLocks = new Set(['gap', 'writeback', 'va', 'trace', 'branch', 'static', 'mlock', 'contended']);

/**
 * Families by other names: who locks a folio locks its first page, and may unlock it as that; who allows preemption may
 * do so untraced, and leave it to others to see whether it is time.
 */
const sameLocks = new Map([
  ['folio lock', 'lock page'],
  ['notrace switch', 'switch'],
  ['no resched switch', 'switch'],
  ['no resched sched switch', 'switch'],
]);

interface Verb {
  does: LockName['does'];
  /** What is left of the word: `seqsched` of `seqschedlock`. */
  stem: string;
  tries: boolean;
}

const whole = new Map<string, Verb>([
  ['down', { does: 'acquire', stem: 'semaphore', tries: false }],
  ['up', { does: 'release', stem: 'semaphore', tries: false }],
  ['begin', { does: 'acquire', stem: 'section', tries: false }],
  ['start', { does: 'acquire', stem: 'section', tries: false }],
  ['end', { does: 'release', stem: 'section', tries: false }],
  ['finish', { does: 'release', stem: 'section', tries: false }],
  ['disable', { does: 'acquire', stem: 'switch', tries: false }],
  ['enable', { does: 'release', stem: 'switch', tries: false }],
  ['downgrade', { does: 'downgrade', stem: 'semaphore', tries: false }],
]);

function verbOf(word: string): Verb | undefined {
  if (word.endsWith('unlock')) return { does: 'release', stem: `${word.slice(0, -6)}lock`, tries: false };
  if (word.endsWith('trylock')) return { does: 'acquire', stem: `${word.slice(0, -7)}lock`, tries: true };
  if (word.endsWith('lock') && !/(^|[^n])block$|clock$|flock$/.test(word))
    return { does: 'acquire', stem: word, tries: false };
  return whole.get(word);
}

/** What the name says; undefined when it speaks of no lock. Whether there is a counterpart is not asked here. */
export function readLockName(name: string): LockName | undefined {
  const known = read.get(name);
  if (known !== undefined) return known ?? undefined;
  const found = readAnew(name);
  // Names come from the code under review: of more than there are in a kernel's file none is kept.
  if (read.size < 10_000) read.set(name, found ?? null);
  return found;
}

const read = new Map<string, LockName | null>();

function readAnew(name: string): LockName | undefined {
  const parts = name.replace(/^_+/, '').split('_');
  let verb: Verb | undefined;
  const rest: string[] = [];
  let mode: LockName['mode'] = 'write';
  let tries = false;
  let failsWith: LockName['got'] | undefined;
  for (const word of parts) {
    const found = verbOf(word);
    if (found?.tries) tries = true;
    if (found && !(verb && found.tries)) {
      if (verb && verb.does !== found.does) return undefined;
      if (verb) rest.push(word);
      else {
        verb = found;
        rest.push(found.stem);
      }
      continue;
    }
    if (readers.has(word)) mode = 'read';
    else if (word === 'killable' || word === 'interruptible') failsWith = 'zero';
    if (!readers.has(word) && !writers.has(word) && !variants.has(word) && !found?.tries) rest.push(word);
  }
  if (verb === undefined) return undefined;
  // `mmap_write_downgrade()` is about what `mmap_write_lock()` took, and `downgrade_write()` about a semaphore.
  if (verb.does === 'downgrade' && rest.length > 1) rest[rest.indexOf(verb.stem)] = 'lock';
  const got = verb.does !== 'acquire' ? 'always' : tries ? 'nonzero' : (failsWith ?? 'always');
  const words = rest.filter((word) => word !== '').sort();
  if (words.some((word) => noLocks.has(word))) return undefined;
  const family = sameLocks.get(words.join(' ')) ?? words.join(' ');
  return { does: verb.does, family, mode: verb.does === 'downgrade' ? 'write' : mode, got };
}

/** The families of which both an acquire and a release are called: only these are taken for locks. */
export function pairedFamilies(names: Iterable<string>): Set<string> {
  const seen = new Map<string, Set<string>>();
  for (const name of names) {
    const read = readLockName(name);
    if (read) seen.set(read.family, new Set([...(seen.get(read.family) ?? []), read.does]));
  }
  return new Set([...seen].filter(([, does]) => does.has('acquire') && does.has('release')).map(([f]) => f));
}
