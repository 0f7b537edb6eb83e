import type { Question } from '../vm/footprint.js';
import { passes } from '../vm/machine.js';
import { chunkShift, chunkWords } from '../vm/memory.js';
import { addressSpace } from '../vm/program.js';
import { Thread, Wait } from '../vm/thread.js';
import { grown, VectorTable } from '../vm/vector-table.js';
import { Shortcuts } from './shortcuts.js';
import type { Difference, StateStore } from './state.js';

const stacksEnd = addressSpace.stacks + 10 * addressSpace.stackSize;

/** Reads stored states where they lie, without making the machine be in them. */
export class Peek {
  /** Addresses of stacks in a stored chunk or in a thread's registers, by their numbers. */
  private readonly inChunk: (Int32Array | undefined)[] = [];
  private readonly inThread: (Int32Array | undefined)[] = [];
  /** By the numbers of threads' words: how they stand and 2, or 0 when nobody asked. */
  private waits = new Int32Array(256);
  /** By the number of a thread's words and the world: 1 where it can go on, of those that wait. */
  private readonly goesOn = new Shortcuts(1);
  private readonly answers = new VectorTable();
  /** By question and world. */
  private readonly inWorld = new Shortcuts(1);
  private answer = new Int32Array(256);

  constructor(private readonly store: StateStore) {}

  /** What stands for a thread's words in a state. */
  number(state: number, thread: number): number {
    return this.store.thread(state, thread);
  }

  /** One of a thread's words in a state. */
  word(state: number, thread: number, at: number): number {
    const { threads } = this.store;
    const number = this.number(state, thread);
    return at < threads.length(number) ? (threads.words[threads.start(number) + at] as number) : 0;
  }

  /** How a thread stands: the kind of its wait, or -1 when it does not run. */
  wait(state: number, thread: number): number {
    const number = this.number(state, thread);
    const known = number < this.waits.length ? (this.waits[number] as number) : 0;
    return known > 0 ? known - 2 : this.askWait(state, thread, number);
  }

  private askWait(state: number, thread: number, number: number): number {
    const runs = this.word(state, thread, Thread.Status) === 1;
    const wait = runs ? this.word(state, thread, Thread.Wait) : -1;
    while (number >= this.waits.length) this.waits = grown(this.waits);
    this.waits[number] = wait + 2;
    return wait;
  }

  /** Whether a thread can go on in a state: that follows from its own words, and from one word of memory. */
  isEnabled(state: number, thread: number): boolean {
    const wait = this.wait(state, thread);
    if (wait <= Wait.None) return wait === Wait.None;
    const number = this.number(state, thread);
    const world = this.store.world(state);
    const known = this.goesOn.find(number, world);
    if (known >= 0) return this.goesOn.words[known] === 1;
    const found = this.cell(state, this.word(state, thread, Thread.WaitAddress));
    const goesOn = passes(wait, found, this.word(state, thread, Thread.WaitValue));
    const at = this.goesOn.add(number, world);
    this.goesOn.words[at] = goesOn ? 1 : 0;
    return goesOn;
  }

  /** What stands for the content of a column in a state. */
  chunk(state: number, column: number): number {
    return this.store.chunk(state, column);
  }

  /** A word of memory in a state. */
  cell(state: number, address: number): number {
    const { store } = this;
    const chunk = address >> (chunkShift + 2);
    const column = store.columnFor(chunk);
    const number = column < 0 ? store.beginning.get(chunk) : this.chunk(state, column);
    if (number === undefined) return store.machine.memory.untouched(chunk);
    return store.chunks.words[store.chunks.start(number) + ((address >> 2) & (chunkWords - 1))] as number;
  }

  /** The mode in which anybody holds a lock in a state. */
  held(state: number, lock: number): number {
    let mode = 0;
    for (let t = 0; t < this.store.threadCount; t++) {
      if (this.word(state, t, Thread.Status) !== 1) continue;
      const end = Thread.FirstLock + 2 * this.word(state, t, Thread.Locks);
      for (let at = Thread.FirstLock; at < end; at += 2)
        if (this.word(state, t, at) === lock) mode = Math.max(mode, this.word(state, t, at + 1) & 3);
    }
    return mode;
  }

  /**
   * A number for all that points into a part of a thread's stack: from other threads, from memory, and from
   * what lies below it in that stack. `asked` is the question's own number.
   */
  pointers(state: number, asked: number, question: Question): number {
    const { threads, threadCount } = this.store;
    const { from, to, thread } = question;
    this.answer[0] = this.pointersInMemory(state, asked, question);
    let length = 1;
    for (let t = 0; t < threadCount; t++) {
      if (t === thread) continue;
      const number = this.number(state, t);
      this.inThread[number] ??= addressesIn(threads, number, Thread.FirstFrame);
      length = this.collect(~t, this.inThread[number] as Int32Array, from, to, length);
    }
    return this.answers.intern(this.answer, 0, length);
  }

  /** The same of memory alone; worlds are fewer than states, so that it is known of most. */
  private pointersInMemory(state: number, asked: number, { from, to, thread }: Question): number {
    const { store } = this;
    const world = store.world(state);
    const known = this.inWorld.find(asked, world);
    if (known >= 0) return this.inWorld.words[known] as number;
    const stack = addressSpace.stacks + thread * addressSpace.stackSize;
    let length = 0;
    for (let column = 0; column < store.columns.length; column++) {
      const number = this.chunk(state, column);
      this.inChunk[number] ??= addressesIn(store.chunks, number, 0);
      const found = this.inChunk[number] as Int32Array;
      const first = (store.columns[column] as number) << (chunkShift + 2);
      const skipped = found.length === 0 || first >= stacksEnd;
      const own = first >= stack && first < stack + addressSpace.stackSize;
      if (skipped || (own && first >= from)) continue;
      length = this.collect(column, found, from, to, length);
    }
    const answer = this.answers.intern(this.answer, 0, length);
    const at = this.inWorld.add(asked, world);
    this.inWorld.words[at] = answer;
    return answer;
  }

  /** What a thread's step changed; undefined when it changed another thread's words, too. */
  difference(before: number, after: number, thread: number): Difference | undefined {
    const { store } = this;
    for (let t = 0; t < store.threadCount; t++)
      if (t !== thread && this.number(before, t) !== this.number(after, t)) return undefined;
    const columns: number[] = [];
    const count = store.world(before) === store.world(after) ? 0 : store.columns.length;
    for (let column = 0; column < count; column++)
      if (this.chunk(before, column) !== this.chunk(after, column)) columns.push(column);
    const chunks = columns.map((column) => this.chunk(after, column));
    return { own: this.number(after, thread), columns, chunks };
  }

  private collect(place: number, found: Int32Array, from: number, to: number, length: number): number {
    let end = length;
    for (const address of found) {
      if (address < from || address >= to) continue;
      if (end + 2 > this.answer.length) this.answer = grown(this.answer);
      this.answer[end++] = place;
      this.answer[end++] = address;
    }
    return end;
  }
}

function addressesIn(table: VectorTable, number: number, from: number): Int32Array {
  const start = table.start(number);
  const words = table.words.subarray(start + from, start + Math.max(from, table.length(number)));
  return words.filter((word) => word >= addressSpace.stacks && word < stacksEnd);
}
