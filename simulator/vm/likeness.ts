import { operands } from './liveness.js';
import { byteShift, chunkWords, type Memory, shadowed } from './memory.js';
import { addressSpace, type BinaryOperator, binaryOperators, type Fn } from './program.js';
import { monitor } from './thread.js';
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
    const row = this.rowOf(address);
    return row === undefined ? -1 : Math.trunc((address - row.base) / row.stride);
  }

  private rowOf(address: number): Row | undefined {
    for (const row of this.rows) if (address >= row.base && address < row.base + 9 * row.stride) return row;
    return undefined;
  }

  /** Where the stack, the heap or the element begins that an address of theirs lies in; else -1. */
  private pieceOf(address: number): number {
    const owner = this.ownerOf(address);
    if (owner < 0) return -1;
    if (address >= addressSpace.stacks) return addressSpace.stacks + owner * addressSpace.stackSize;
    if (address >= addressSpace.heap) return addressSpace.heap + owner * addressSpace.heapSize;
    const { base, stride } = this.rowOf(address) as Row;
    return base + owner * stride;
  }

  /** Where the same lies in the memory of another of them. */
  moved(address: number, from: number, to: number): number {
    if (address >= addressSpace.stacks) return address + (to - from) * addressSpace.stackSize;
    if (address >= addressSpace.heap) return address + (to - from) * addressSpace.heapSize;
    return address + (to - from) * (this.rowOf(address) as Row).stride;
  }

  /** What a calculation makes of addresses must be the same for each of them. */
  computes(operator: number, a: number, b: number, value: number): void {
    if (a < this.lowest && b < this.lowest && value < this.lowest) return;
    const [x, y, z] = [this.ownerOf(a), this.ownerOf(b), this.ownerOf(value)];
    if (x < 0 && y < 0 && z < 0) return;
    const f = binaryOperators[operator] as BinaryOperator;
    const isSame =
      x >= 0 && y >= 0 ? this.isSameOfTwo(f, a, b, z) : this.isSame(f, x < 0 ? b : a, x < 0 ? a : b, value);
    if (!isSame || (f === 'sub' && x < 0)) this.tellApart(`${f} with an address in a thread's own memory`);
  }

  /** With one address, or with none that makes one. */
  private isSame(f: BinaryOperator, address: number, other: number, result: number): boolean {
    switch (f) {
      case 'eq':
      case 'ne':
        return true;
      case 'lt':
      case 'le':
        return this.isAside(other);
      case 'add':
      case 'sub':
        return this.pieceOf(result) === this.pieceOf(address);
      case 'and':
      case 'or':
      case 'xor':
        if (address < addressSpace.heap || other < -alignment || other >= alignment) return false;
        return this.pieceOf(result) === (f === 'and' && other >= 0 ? -1 : this.pieceOf(address));
      default:
        return false;
    }
  }

  /** With two addresses, whether or not they are of one thread. From stack to heap is not as far for each. */
  private isSameOfTwo(f: BinaryOperator, a: number, b: number, owner: number): boolean {
    if (f === 'eq' || f === 'ne') return true;
    const isInside = this.pieceOf(a) === this.pieceOf(b) && owner < 0;
    return isInside && (f === 'lt' || f === 'le' || f === 'sub');
  }

  /** No exchange of memory alters how it compares with what is below or above all of it. */
  private isAside(value: number): boolean {
    return value < this.lowest || value >= end;
  }

  /** Waits until a word is at least this: whatever address of theirs somebody may write there. */
  awaits(least: number): void {
    if (!this.isAside(least)) this.tellApart('le with what may be an address');
  }

  /** From an address, some bytes are used that begin elsewhere: they must lie in the same one's memory, or in nobody's. */
  reaches(from: number, address: number, size: number): void {
    const last = address + size - 1;
    if (last < this.lowest && from < this.lowest) return;
    if (from >> byteShift === last >> byteShift && from >> byteShift === address >> byteShift) return;
    const piece = this.pieceOf(from);
    let isSame = this.pieceOf(last) === piece;
    for (let at = Math.max(address, this.lowest); isSame && at < Math.min(last, end); at += chunkWords * 4)
      isSame = this.pieceOf(at) === piece;
    if (!isSame) this.tellApart("what begins outside a thread's own memory, or in it, does not end there");
  }

  /** Asks all elements of an array: each member's must be its own, if any is. */
  asksAll(base: number, stride: number): void {
    const isWhole = this.rows.some(
      (row) => row.stride === stride && base >= row.base && base < row.base + stride,
    );
    for (let t = 0; !isWhole && t < monitor; t++)
      if (this.ownerOf(base + t * stride) >= 0) this.tellApart('other elements are asked than those of all');
  }

  /** Frees an object: the first element of an array is where one begins, and no other is. */
  frees(address: number): void {
    if (address < addressSpace.heap && this.ownerOf(address) >= 0)
      this.tellApart('an element of an array is freed');
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

  /** What was there before the threads began must not look like an address of theirs, and be the same for each. */
  meets(memory: Memory): void {
    for (const chunk of memory.written) {
      const address = chunk << byteShift;
      if (shadowed(chunk) === undefined) this.cuts(memory, address, chunkWords * 4);
      if (this.members.some((member) => !this.beginsAlike(memory, address, member)))
        this.tellApart('threads begin with other memory');
    }
    for (const { base, stride } of this.rows)
      for (let at = base; at < base + stride; at += 16)
        if (new Set(this.members.map((member) => memory.exists(at + member * stride))).size > 1)
          this.tellApart('not every thread has an element');
  }

  /** Whether a chunk is as the one that lies there in a member's memory. */
  private beginsAlike({ words }: Memory, address: number, member: number): boolean {
    const owner = this.ownerOf(address);
    if (owner < 0) return true;
    const by = (this.moved(address, owner, member) - address) >> 2;
    const first = address >> 2;
    for (let word = first; word < first + chunkWords; word++)
      if (words[word] !== words[word + by]) return false;
    return true;
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
