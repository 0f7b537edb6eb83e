import type { Machine } from '../vm/machine.js';
import { chunkWords } from '../vm/memory.js';
import { Thread } from '../vm/thread.js';
import { grown, VectorTable } from '../vm/vector-table.js';
import { StateTable } from './state-table.js';
import { WorldTable } from './world-table.js';

/** What a thread's step changes in a state: its own words, and chunks by their columns, the last column last. */
export interface Difference {
  own: number;
  columns: readonly number[];
  chunks: readonly number[];
}

/**
 * The states of a search, stored in three levels: each thread's words and each chunk of memory are interned; so
 * are the vectors of all chunks' numbers; a state is its threads' numbers and that of its memory. Only chunks that
 * differ from the beginning are listed, so hundreds of cells cost a few words, and going to a state copies only
 * what differs.
 */
export class StateStore {
  readonly chunks = new VectorTable();
  readonly threads = new VectorTable();
  /** Chunks that were written since the beginning, in the order of discovery; the columns of a state. */
  readonly columns: number[] = [];
  /** By column: the chunk's number at the beginning. */
  readonly initial: number[] = [];
  /** The chunks that set-up wrote. */
  readonly beginning = new Map<number, number>();
  private readonly worlds = new WorldTable(this.initial);
  private states: StateTable;
  /** By a chunk's place among the written ones: its column and 1, or 0 while it has none. */
  private columnAt = new Int32Array(64);
  /** What the machine is in: threads and chunks by their numbers, and -1 where that is not known. */
  private readonly nowThreads: Int32Array;
  private nowChunks = new Int32Array(64);
  private readonly scratch = new Int32Array(chunkWords);

  constructor(
    readonly machine: Machine,
    readonly threadCount: number,
  ) {
    this.states = new StateTable(threadCount);
    this.nowThreads = new Int32Array(threadCount);
    for (const chunk of machine.memory.dirty) this.beginning.set(chunk, this.internChunk(chunk));
    machine.memory.settle();
  }

  get size(): number {
    return this.states.size;
  }

  /** Forgets all states but one, and what became of its number. */
  restart(state: number): number {
    this.restore(state);
    this.states = new StateTable(this.threadCount);
    return this.save();
  }

  /** What stands for a thread's words in a state. */
  thread(state: number, thread: number): number {
    return this.states.thread(state, thread);
  }

  /** What stands for the content of a column in a state. */
  chunk(state: number, column: number): number {
    return this.worlds.at(this.states.world(state), column);
  }

  /** Stores where the machine is. */
  save(): number {
    const { machine, threadCount } = this;
    for (const chunk of machine.memory.dirty) {
      const column = this.columnOf(chunk);
      this.nowChunks[column] = this.internChunk(chunk);
    }
    machine.memory.settle();
    for (let t = 0; t < threadCount; t++) {
      if ((machine.stirred >> t) & 1) this.nowThreads[t] = this.saveThread(t);
    }
    machine.stirred = 0;
    return this.states.intern(this.nowThreads, this.worlds.intern(this.nowChunks, this.columns.length));
  }

  /** Makes the machine be in a stored state. */
  restore(state: number): void {
    const { machine, threadCount } = this;
    for (const chunk of machine.memory.dirty) {
      const column = this.columnOf(chunk);
      this.nowChunks[column] = -1;
    }
    machine.memory.settle();
    for (let t = 0; t < threadCount; t++) {
      const number = this.thread(state, t);
      if (this.nowThreads[t] !== number || (machine.stirred >> t) & 1) this.loadThread(t, number);
    }
    machine.stirred = 0;
    for (let column = 0; column < this.columns.length; column++) {
      const chunk = this.chunk(state, column);
      if (this.nowChunks[column] === chunk) continue;
      this.loadChunk(this.columns[column] as number, chunk);
      this.nowChunks[column] = chunk;
    }
  }

  /** What stands for all of memory in a state. */
  world(state: number): number {
    return this.states.world(state);
  }

  /** What memory becomes by a step. */
  nextWorld(world: number, { columns, chunks }: Difference): number {
    return columns.length === 0 ? world : this.worlds.with(world, columns, chunks);
  }

  /** The state that consists of these threads' words and this memory. */
  intern(threads: Int32Array, world: number): number {
    return this.states.intern(threads, world);
  }

  /** The memory of these columns' contents. */
  internWorld(chunks: Int32Array): number {
    return this.worlds.intern(chunks, this.columns.length);
  }

  /** What stands for the content of a column in some memory. */
  inWorld(world: number, column: number): number {
    return this.worlds.at(world, column);
  }

  /** The state that differs from another in the words of one thread, and in its memory. */
  successor(state: number, thread: number, own: number, world: number): number {
    return this.states.successor(state, thread, own, world);
  }

  /** The column of a chunk, or -1 while nothing has written to it since the beginning. */
  columnFor(chunk: number): number {
    return (this.columnAt[this.machine.memory.placeOf(chunk)] ?? 0) - 1;
  }

  /** The column of a chunk; a new one if need be. */
  columnOf(chunk: number): number {
    this.machine.memory.count(chunk);
    const place = this.machine.memory.placeOf(chunk);
    while (place >= this.columnAt.length) this.columnAt = grown(this.columnAt);
    if (this.columnAt[place] === 0) this.columnAt[place] = this.addColumn(chunk) + 1;
    return (this.columnAt[place] as number) - 1;
  }

  private internChunk(chunk: number): number {
    return this.chunks.intern(this.machine.memory.words, chunk * chunkWords, chunkWords);
  }

  private addColumn(chunk: number): number {
    const column = this.columns.length;
    this.columns.push(chunk);
    const untouched = this.machine.memory.untouched(chunk);
    this.initial[column] =
      this.beginning.get(chunk) ?? this.chunks.intern(this.scratch.fill(untouched), 0, chunkWords);
    if (column >= this.nowChunks.length) this.nowChunks = grown(this.nowChunks);
    this.nowChunks[column] = this.initial[column] as number;
    return column;
  }

  private saveThread(thread: number): number {
    const r = this.machine.threads[thread] as Int32Array;
    return this.threads.intern(r, 0, this.machine.extent(thread));
  }

  private loadThread(thread: number, number: number): void {
    const r = this.machine.threads[thread] as Int32Array;
    const start = this.threads.start(number);
    const length = this.threads.length(number);
    const words = this.threads.words;
    for (let n = 0; n < length; n++) r[n] = words[start + n] as number;
    if (length <= Thread.FirstFrame) r.fill(0, length, Thread.FirstFrame);
    this.nowThreads[thread] = number;
  }

  private loadChunk(chunk: number, number: number): void {
    const start = this.chunks.start(number);
    const words = this.chunks.words;
    const memory = this.machine.memory.words;
    for (let n = 0; n < chunkWords; n++) memory[chunk * chunkWords + n] = words[start + n] as number;
  }
}
