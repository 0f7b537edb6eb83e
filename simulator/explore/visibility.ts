import { readMode, writeMode } from '../vm/lock.js';
import type { Machine, Watch } from '../vm/machine.js';
import { maximumLocks, monitor, Thread } from '../vm/thread.js';
import { VectorTable } from '../vm/vector-table.js';

/** What is known of the accesses to one word, over all executions so far. */
interface History {
  threads: number;
  writers: number;
  /** Locks held at every access (for a write: held for writing); undefined until the first. */
  common: number[] | undefined;
  /** Threads that accessed it as a lock word, by acquiring or releasing, and as anything else. */
  sync: number;
  plain: number;
  /** The accesses that are known, by their keys: once more, they say nothing new. */
  keys: number[];
}

/** Arrays with a place for each word of memory: mostly untouched, so that they are cleaned and used again. */
interface Room {
  visible: Uint8Array;
  last: Int32Array;
}

/** Who is interested in a lock. */
interface Wish {
  /** Those that take it; nobody did while there are none. */
  threads: number;
  /** Anybody took it for writing. */
  writes: boolean;
  /** Those that wait at its word for another reason than to take it. */
  strangers: number;
}

const spare: Room[] = [];

const rcu = 5;

/**
 * Decides which words need scheduling points, Eraser-like: a word stays invisible while it is only read,
 * or only used by one thread, or every access holds a common lock (writes: for writing; read locks do not
 * protect writes). Optimistic at first; `grew` says that an assumption broke and the search must start again.
 */
export class Visibility implements Watch {
  readonly visible: Uint8Array;
  /** Words that became visible since the last `settle`. */
  grew = 0;
  /** Every word that became visible, or that waiting for may now mean something else. */
  readonly changes: number[] = [];
  private readonly histories = new Map<number, History>();
  /** By lock. Nobody waits for one that only readers take, and that nobody else wants to be free. */
  private readonly wishes = new Map<number, Wish>();
  /** By word: the key of its last access. */
  private readonly last: Int32Array;
  /** The words that have anything in these arrays. */
  private readonly met: number[] = [];
  /** The sets of locks that were held: each lock's address, four times, plus its mode; sorted. */
  private readonly locksets = new VectorTable();
  private readonly held = new Int32Array(maximumLocks);
  private lockset = 0;

  constructor(
    private readonly machine: Machine,
    readonly full: boolean,
  ) {
    const { length } = machine.memory.words;
    const room = spare.pop() ?? { visible: new Uint8Array(length), last: new Int32Array(length) };
    this.visible = room.visible;
    this.last = room.last;
  }

  /** Gives its arrays back for the next search; this one must not be used any more. */
  release(): void {
    const { visible, last } = this;
    for (const word of this.met) {
      visible[word] = 0;
      last[word] = 0;
    }
    if (spare.length < 2) spare.push({ visible, last });
  }

  settle(): void {
    this.grew = 0;
  }

  /** Recomputes what the thread holds; call when it starts to run, and after each acquire and release. */
  use(thread: number): void {
    const r = this.machine.threads[thread] as Int32Array;
    const end = Thread.FirstLock + 2 * (r[Thread.Locks] as number);
    let count = 0;
    for (let at = Thread.FirstLock; at < end; at += 2) {
      const how = r[at + 1] as number;
      // A lock in the memory of one of several threads alike guards nothing of the others'.
      if (how >> 2 === rcu || this.isOfOne(r[at] as number)) continue;
      this.hold(count++, (r[at] as number) * 4 + (how & 3));
    }
    this.lockset = this.locksets.intern(this.held, 0, count);
  }

  /**
   * A check holds, as it were, the locks it demands to be free: nobody else can be inside them. It is one
   * that wants them, too: even a thread that meets nobody else must stop between two holds.
   */
  useMonitor(locks: Iterable<number>): void {
    const held = [...locks];
    for (const lock of held) {
      this.wants(monitor, lock, writeMode);
      this.record(monitor, lock >> 2, false, true);
    }
    const common = held.filter((lock) => !this.isOfOne(lock));
    const all = Int32Array.from(common, (lock) => lock * 4 + readMode).sort();
    this.lockset = this.locksets.intern(all, 0, all.length);
  }

  /** Puts an entry among the first `count`, which are sorted. */
  private hold(count: number, entry: number): void {
    const { held } = this;
    let at = count;
    for (; at > 0 && (held[at - 1] as number) > entry; at--) held[at] = held[at - 1] as number;
    held[at] = entry;
  }

  record(thread: number, word: number, write: boolean, sync: boolean): void {
    // Most accesses repeat the last one of their word; one comparison then.
    const key = 1 + (thread | (write ? 16 : 0) | (sync ? 32 : 0) | (this.lockset << 6));
    if (this.last[word] === key) return;
    if (this.last[word] === 0) this.met.push(word);
    this.last[word] = key;
    if (this.visible[word] !== 2) this.update(thread, word, write, sync, key);
  }

  private update(thread: number, word: number, write: boolean, sync: boolean, key: number): void {
    const one = this.firstOf(word << 2) >> 2;
    let h = this.histories.get(one);
    if (h === undefined) {
      h = { threads: 0, writers: 0, common: undefined, sync: 0, plain: 0, keys: [] };
      this.histories.set(one, h);
    }
    const bits = this.bitsOf(thread, word << 2);
    const known = bits + 512 * (key >> 4);
    if (h.keys.includes(known)) return;
    h.keys.push(known);
    h.threads |= bits;
    if (write) h.writers |= bits;
    if (sync) h.sync |= bits;
    else {
      h.plain |= bits;
      this.intersect(h, write);
    }
    this.judge(h, one);
  }

  wants(thread: number, lock: number, mode: number): void {
    if (this.full) return;
    const before = this.isContended(lock);
    const wish = this.wishOf(lock);
    if (wish.threads === 0) for (const one of this.allOf(lock)) this.changes.push(one >> 2);
    wish.threads |= this.bitsOf(thread, lock);
    if (mode === writeMode) wish.writes = true;
    const after = this.isContended(lock);
    // Who waited before anybody took it stopped there, and would not now: no two ways of that in one search.
    if (before !== after && (after || wish.strangers !== 0)) this.grow(lock >> 2);
  }

  waits(thread: number, address: number, takes: boolean): void {
    if (this.full) return;
    const bits = this.bitsOf(thread, address);
    const wish = this.wishOf(address);
    const known = takes ? wish.threads | wish.strangers : wish.strangers;
    if ((known & bits) === bits) return;
    const before = this.isContended(address);
    wish.strangers |= bits;
    if (!before && this.isContended(address)) this.grow(address >> 2);
  }

  private wishOf(lock: number): Wish {
    const one = this.firstOf(lock);
    const wish = this.wishes.get(one) ?? { threads: 0, writes: false, strangers: 0 };
    this.wishes.set(one, wish);
    return wish;
  }

  private isOfOne(address: number): boolean {
    return (this.machine.likeness?.ownerOf(address) ?? -1) >= 0;
  }

  /** Of the places that are one and the same to threads that are alike, the first. */
  private firstOf(address: number): number {
    const { likeness } = this.machine;
    const owner = likeness?.ownerOf(address) ?? -1;
    return owner < 0 ? address : likeness!.moved(address, owner, likeness!.members[0] as number);
  }

  private allOf(address: number): number[] {
    const { likeness } = this.machine;
    const owner = likeness?.ownerOf(address) ?? -1;
    return owner < 0 ? [address] : likeness!.members.map((member) => likeness!.moved(address, owner, member));
  }

  /**
   * The threads that do what one of them did to the first of these places. Where one of several alike uses
   * common memory, so do the others; in the first one's own memory, that one does, or all the others.
   */
  private bitsOf(thread: number, address: number): number {
    const { likeness } = this.machine;
    if (likeness === undefined || !likeness.has(thread)) return 1 << thread;
    const all = likeness.members.reduce((bits, member) => bits | (1 << member), 0);
    const owner = likeness.ownerOf(address);
    const first = 1 << (likeness.members[0] as number);
    return owner < 0 ? all : owner === thread ? first : all & ~first;
  }

  isContended(address: number): boolean {
    const wish = this.wishes.get(this.firstOf(address));
    if (wish === undefined || wish.threads === 0 || this.full || this.visible[address >> 2] === 2)
      return true;
    const all = wish.threads | wish.strangers;
    return (wish.writes || wish.strangers !== 0) && (all & (all - 1)) !== 0;
  }

  private intersect(h: History, write: boolean): void {
    if (h.common?.length === 0) return;
    const { locksets, lockset } = this;
    const start = locksets.start(lockset);
    const held = [...locksets.words.subarray(start, start + locksets.length(lockset))]
      .filter((entry) => !write || (entry & 3) === writeMode)
      .map((entry) => entry & ~3);
    h.common = h.common === undefined ? held : h.common.filter((lock) => held.includes(lock));
  }

  private judge(h: History, word: number): void {
    const shared = (h.threads & (h.threads - 1)) !== 0;
    if (!shared || h.writers === 0) return;
    const level = h.sync !== 0 && h.plain !== 0 ? 2 : h.plain !== 0 && h.common?.length === 0 ? 1 : 0;
    if (level <= (this.visible[word] as number)) return;
    for (const one of this.allOf(word << 2)) {
      this.visible[one >> 2] = level;
      this.met.push(one >> 2);
    }
    this.grow(word);
  }

  private grow(word: number): void {
    for (const one of this.allOf(word << 2)) this.changes.push(one >> 2);
    this.grew++;
  }
}
