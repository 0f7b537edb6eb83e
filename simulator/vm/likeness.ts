import { operands } from './liveness.js';
import { chunkWords, type Memory, shadowed } from './memory.js';
import { addressSpace, type BinaryOperator, binaryOperators, type Fn } from './program.js';
import { smallest } from './wide.js';

/** An array with an element for each thread. */
interface Row {
  base: number;
  /** Bytes of an element. */
  stride: number;
}

const end = addressSpace.stacks + 10 * addressSpace.stackSize;
/** Stacks and heaps begin at multiples of this: what alters smaller bits of an address does so for every thread. */
const alignment = addressSpace.stackSize;

/** The model has one; each that is met late makes the search begin anew. */
const mostRows = 16;

/**
 * Threads that do the same, as far as nothing tells them apart: what a run does with one of them it would do
 * with another, if the memory that belongs to each were exchanged as well. That is its stack, its heap and its
 * elements of arrays that have one for each thread. It follows for sure only while an address of such memory is
 * used as an address and nothing else becomes one; `why` says what went beyond that.
 */
export class Likeness {
  /** What tells the threads apart. */
  why: string | undefined;
  /** Arrays that were met since the last `settle`: what was done before took them for common memory. */
  grew = 0;
  readonly rows: Row[] = [];
  private readonly isMember: boolean[] = [];
  /** The functions whose constants were looked at, by id. */
  private readonly entered: boolean[] = [];
  /** No address of theirs is lower. */
  private lowest: number = addressSpace.heap;
  /** Nothing of a row lies there or above. */
  private rowsEnd = 0;

  constructor(readonly members: readonly number[]) {
    for (const member of members) this.isMember[member] = true;
  }

  has(thread: number): boolean {
    return this.isMember[thread] === true;
  }

  settle(): void {
    this.grew = 0;
  }

  tellApart(why: string): void {
    this.why ??= why;
  }

  /** An array of which each thread uses its own element. */
  addRow(base: number, stride: number): void {
    if (this.rows.some((row) => row.base === base && row.stride === stride)) return;
    const last = base + 9 * stride;
    if (!isRow(base, last) || this.rows.length >= mostRows) {
      this.tellApart('what is said to have an element for each thread is no such array');
      return;
    }
    const isPlain = ((base | stride) & (chunkWords * 4 - 1)) === 0;
    if (!isPlain || this.rows.some((row) => row.base < last && base < row.base + 9 * row.stride))
      this.tellApart('elements of threads share memory');
    this.rows.push({ base, stride });
    this.lowest = Math.min(this.lowest, base);
    this.rowsEnd = Math.max(this.rowsEnd, last);
    this.entered.length = 0;
    this.grew++;
  }

  /** The thread whose memory an address lies in, if it is one of these; else -1. */
  ownerOf(address: number): number {
    if (address < this.lowest || address >= end) return -1;
    if (address >= this.rowsEnd && address < addressSpace.heap) return -1;
    const thread = address < addressSpace.heap ? this.inRow(address) : inRange(address);
    return this.isMember[thread] === true ? thread : -1;
  }

  private inRow(address: number): number {
    for (const { base, stride } of this.rows)
      if (address >= base && address < base + 9 * stride) return Math.trunc((address - base) / stride);
    return -1;
  }

  /** Where the same lies in the memory of another of them. */
  moved(address: number, from: number, to: number): number {
    if (address >= addressSpace.stacks) return address + (to - from) * addressSpace.stackSize;
    if (address >= addressSpace.heap) return address + (to - from) * addressSpace.heapSize;
    const row = this.rows.find(({ base, stride }) => address >= base && address < base + 9 * stride) as Row;
    return address + (to - from) * row.stride;
  }

  /** What a calculation makes of addresses must be the same for each of them. */
  computes(operator: number, a: number, b: number, value: number): void {
    if (a < this.lowest && b < this.lowest && value < this.lowest) return;
    const [x, y, z] = [this.ownerOf(a), this.ownerOf(b), this.ownerOf(value)];
    if (x < 0 && y < 0 && z < 0) return;
    const f = binaryOperators[operator] as BinaryOperator;
    const isSame =
      x >= 0 && y >= 0 ? isSameOfTwo(f, x, y, z) : this.isSame(f, x < 0 ? b : a, x < 0 ? a : b, z);
    if (!isSame || (f === 'sub' && x < 0)) this.tellApart(`${f} with an address in a thread's own memory`);
  }

  /** With one address, or with none that makes one. */
  private isSame(f: BinaryOperator, address: number, other: number, result: number): boolean {
    const owner = this.ownerOf(address);
    switch (f) {
      case 'eq':
      case 'ne':
        return true;
      case 'lt':
      case 'le':
        // No exchange of memory alters how it compares with what is below or above all of it.
        return other < this.lowest || other >= end;
      case 'add':
      case 'sub':
        return result === owner;
      case 'and':
      case 'or':
      case 'xor':
        if (address < addressSpace.heap || other < -alignment || other >= alignment) return false;
        return f === 'and' && other >= 0 ? result < 0 : result === owner;
      default:
        return false;
    }
  }

  /** What one value becomes: the same, or else neither is an address of theirs. */
  converts(from: number, to: number): void {
    if (from === to) return;
    if (this.ownerOf(from) >= 0 || this.ownerOf(to) >= 0)
      this.tellApart("an address in a thread's own memory becomes something else");
  }

  /** After a load: of a part of a word, or of two words. */
  loads(memory: Memory, address: number, type: number): void {
    const { words } = memory;
    if (type !== 6 && type !== 7) this.cuts(memory, address, 1);
    else if (words[(address >> 2) + 1] !== 0) this.cuts(memory, address, 8);
  }

  /** Stores a part of a word, or two words. */
  stores(memory: Memory, address: number, type: number, value: number): void {
    const isWhole = (type === 6 || type === 7) && value >= smallest;
    if (!isWhole) this.cuts(memory, address, 1);
    memory.store(address, type, value);
    if (!isWhole) this.cuts(memory, address, type === 6 || type === 7 ? 8 : 1);
  }

  /** Words that are used in part must not be addresses, nor become any. */
  cuts(memory: Memory, address: number, size: number, ...others: number[]): void {
    for (const from of [address, ...others])
      for (let word = from >> 2; word <= (from + size - 1) >> 2; word++)
        if (this.ownerOf(memory.words[word] as number) >= 0)
          this.tellApart("an address in a thread's own memory is used in part");
  }

  /** What was there before the threads began must not look like an address of theirs. */
  meets(memory: Memory): void {
    for (const chunk of memory.written)
      if (shadowed(chunk) === undefined) this.cuts(memory, chunk * chunkWords * 4, chunkWords * 4);
  }

  /** A function that is entered must not name the memory of one of them, but as that of all. */
  enters(fn: Fn, constants: Int32Array): void {
    if (this.entered[fn.id] === true) return;
    this.entered[fn.id] = true;
    const { code } = fn.body ?? fn;
    for (const i of code) {
      if (i.op === 'intrinsic' && (i.name === '__own' || i.name === '__any')) continue;
      for (const operand of operands(i)) {
        const at = operand < 0 ? ~(fn.numbers?.[~operand] ?? operand) : -1;
        if (at >= 0 && this.ownerOf(constants[at] as number) >= 0)
          this.tellApart(`${fn.name}() names the memory of one thread`);
      }
    }
  }
}

/** Only globals have elements for threads. */
function isRow(base: number, last: number): boolean {
  return base >= addressSpace.globals && last > base && last <= addressSpace.heap;
}

/** The thread that owns a place on a heap or a stack. */
function inRange(address: number): number {
  if (address < addressSpace.stacks) return Math.trunc((address - addressSpace.heap) / addressSpace.heapSize);
  return Math.trunc((address - addressSpace.stacks) / addressSpace.stackSize);
}

/** With two addresses, whether or not they are of one thread. */
function isSameOfTwo(f: BinaryOperator, x: number, y: number, result: number): boolean {
  if (f === 'eq' || f === 'ne') return true;
  return x === y && result < 0 && (f === 'lt' || f === 'le' || f === 'sub');
}
