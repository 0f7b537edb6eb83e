import type { Machine } from '../vm/machine.js';
import { chunkWords } from '../vm/memory.js';
import { Thread } from '../vm/thread.js';
import { grown, VectorTable } from './vector-table.js';

/**
 * The states of a search, stored in two levels: each thread's words and each chunk of memory are interned,
 * and a state is the vector of their numbers. Only chunks that differ from the beginning are listed, so
 * hundreds of cells cost a few words, and going to a state copies only what differs.
 */
export class StateStore {
  private readonly chunks = new VectorTable();
  private readonly threads = new VectorTable();
  private readonly states = new VectorTable();
  /** Chunks that were ever written, in the order of discovery; the columns of a state. */
  private readonly columns: number[] = [];
  /** By a chunk's place among the written ones: its column and 1, or 0 while it has none. */
  private columnAt = new Int32Array(64);
  private readonly beginning = new Map<number, number>();
  private readonly initial: number[] = [];
  private current = new Int32Array(64);
  private readonly scratch = new Int32Array(chunkWords);
  private readonly threadNumbers: Int32Array;

  constructor(
    private readonly machine: Machine,
    private readonly threadCount: number,
  ) {
    this.threadNumbers = new Int32Array(threadCount);
    for (const chunk of machine.memory.dirty) this.beginning.set(chunk, this.internChunk(chunk));
    machine.memory.settle();
  }

  get size(): number {
    return this.states.size;
  }

  /** Stores where the machine is. `ran`: the only thread whose own words may have changed; -1: all. */
  save(ran: number): number {
    for (const chunk of this.machine.memory.dirty) {
      const column = this.columnOf(chunk);
      this.current[this.threadCount + column] = this.internChunk(chunk);
    }
    this.machine.memory.settle();
    if (ran >= 0) this.saveThread(ran);
    else for (let t = 0; t < this.threadCount; t++) this.saveThread(t);
    this.current.set(this.threadNumbers, 0);
    let columns = this.columns.length;
    while (columns > 0 && this.current[this.threadCount + columns - 1] === this.initial[columns - 1])
      columns--;
    return this.states.intern(this.current, 0, this.threadCount + columns);
  }

  /** Makes the machine be in a stored state. */
  restore(state: number): void {
    for (const chunk of this.machine.memory.dirty) {
      const column = this.columnOf(chunk);
      this.current[this.threadCount + column] = -1;
    }
    this.machine.memory.settle();
    const start = this.states.start(state);
    const length = this.states.length(state);
    const words = this.states.words;
    for (let t = 0; t < this.threadCount; t++) this.loadThread(t, words[start + t] as number);
    for (let column = 0; column < this.columns.length; column++) {
      const at = this.threadCount + column;
      const chunk = (at < length ? words[start + at] : this.initial[column]) as number;
      if (this.current[at] === chunk) continue;
      this.loadChunk(this.columns[column] as number, chunk);
      this.current[at] = chunk;
    }
  }

  private columnOf(chunk: number): number {
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
    while (this.threadCount + column >= this.current.length) this.current = grown(this.current);
    this.current[this.threadCount + column] = this.initial[column] as number;
    return column;
  }

  private saveThread(thread: number): void {
    const r = this.machine.threads[thread] as Int32Array;
    this.threadNumbers[thread] = this.threads.intern(r, 0, this.machine.extent(thread));
  }

  private loadThread(thread: number, number: number): void {
    const r = this.machine.threads[thread] as Int32Array;
    const start = this.threads.start(number);
    const length = this.threads.length(number);
    const words = this.threads.words;
    for (let n = 0; n < length; n++) r[n] = words[start + n] as number;
    if (length <= Thread.FirstFrame) r.fill(0, length, Thread.FirstFrame);
    this.threadNumbers[thread] = number;
  }

  private loadChunk(chunk: number, number: number): void {
    const start = this.chunks.start(number);
    const words = this.chunks.words;
    const memory = this.machine.memory.words;
    for (let n = 0; n < chunkWords; n++) memory[chunk * chunkWords + n] = words[start + n] as number;
  }
}
