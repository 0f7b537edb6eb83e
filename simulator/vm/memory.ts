import { Footprint } from './footprint.js';
import { addressSpace } from './program.js';
import { Violation } from './violation.js';
import { smallest, type WideTable } from './wide.js';

/** Words (of 4 bytes) in a chunk, the piece of memory that is stored and compared as one. */
export const chunkWords = 16;
export const chunkShift = 4;
/** The same of an address: which chunk it lies in. */
export const byteShift = chunkShift + 2;

const end = addressSpace.stacks + 10 * addressSpace.stackSize;
/** One bit for every 16 bytes: set where nothing may be accessed. It is part of the state, after the memory. */
const shadow = end;
const totalWords = (end >> 2) + (end >> 9);

/** The address from which on a chunk tells what exists, if that is what it does. */
export function shadowed(chunk: number): number | undefined {
  const word = (chunk << chunkShift) - (shadow >> 2);
  return word >= 0 ? word << 9 : undefined;
}

/** What memories are made of. It is large and mostly untouched, so that it is cleaned and used again. */
interface Room {
  words: Int32Array;
  marks: Int32Array;
  footprint: Footprint;
}

const spare: Room[] = [];

function newRoom(): Room {
  const words = new Int32Array(totalWords);
  words.fill(-1, shadow >> 2);
  const chunks = (totalWords >> chunkShift) + 1;
  return { words, marks: new Int32Array(chunks), footprint: new Footprint(chunks) };
}

/**
 * The flat memory of one execution: bytes in little-endian words, which parts exist, and which chunks were
 * written since the last `settle`. Chunks are the unit in which states are stored.
 */
export class Memory {
  readonly words: Int32Array;
  /** Every chunk that was ever written; all others are as memory is made. */
  readonly written: number[] = [];
  /** The chunks written since the last `settle`, each once. */
  readonly dirty: number[] = [];
  /** By chunk: its place in `written` from 1 on, twice, plus 1 while it is dirty. */
  private readonly marks: Int32Array;
  /** What was touched since its `start`. */
  readonly footprint: Footprint;

  constructor(private readonly wide: WideTable) {
    const { words, marks, footprint } = spare.pop() ?? newRoom();
    this.words = words;
    this.marks = marks;
    this.footprint = footprint;
  }

  /** Gives the room back for the next memory; this one must not be used any more. */
  release(): void {
    for (const chunk of this.written) {
      this.words.fill(this.untouched(chunk), chunk << chunkShift, (chunk + 1) << chunkShift);
      this.marks[chunk] = 0;
    }
    this.written.length = 0;
    this.dirty.length = 0;
    this.footprint.clear();
    if (spare.length < 2) spare.push({ words: this.words, marks: this.marks, footprint: this.footprint });
  }

  /** What the words of a chunk are before it is written: nothing there, or (in the shadow) nothing exists. */
  untouched(chunk: number): number {
    return chunk << chunkShift >= shadow >> 2 ? -1 : 0;
  }

  /** A written chunk's place among all that were, from 1 on; 0 for a chunk that never was. */
  placeOf(chunk: number): number {
    return (this.marks[chunk] as number) >> 1;
  }

  private touch(word: number): void {
    const chunk = word >> chunkShift;
    this.footprint.touch(chunk);
    if (((this.marks[chunk] as number) & 1) === 0) this.soil(chunk);
  }

  private soil(chunk: number): void {
    this.count(chunk);
    this.marks[chunk] = (this.marks[chunk] as number) | 1;
    this.dirty.push(chunk);
  }

  /** Counts a chunk among those that were written. */
  count(chunk: number): void {
    if (this.placeOf(chunk) === 0) this.marks[chunk] = 2 * this.written.push(chunk);
  }

  /** Empties the list of what was written. */
  settle(): void {
    for (const chunk of this.dirty) this.marks[chunk] = (this.marks[chunk] as number) & ~1;
    this.dirty.length = 0;
  }

  exists(address: number): boolean {
    if (address < addressSpace.globals || address >= end) return false;
    const word = (shadow >> 2) + (address >> 9);
    this.footprint.touch(word >> chunkShift);
    return (((this.words[word] as number) >>> ((address >> 4) & 31)) & 1) === 0;
  }

  /** Marks [address, address+size) as existing or gone, in units of 16 bytes. */
  mark(address: number, size: number, exists: boolean): void {
    const last = (address + size + 15) >> 4;
    for (let unit = address >> 4; unit < last; unit++) {
      const word = (shadow >> 2) + (unit >> 5);
      this.touch(word);
      const bit = 1 << (unit & 31);
      this.words[word] = exists ? (this.words[word] as number) & ~bit : (this.words[word] as number) | bit;
    }
  }

  read32(address: number): number {
    this.footprint.touch(address >> (chunkShift + 2));
    return this.words[address >> 2] as number;
  }

  write32(address: number, value: number): void {
    const word = address >> 2;
    if (this.words[word] === value) this.footprint.touch(word >> chunkShift);
    else {
      this.touch(word);
      this.words[word] = value;
    }
  }

  /** A scalar at an address that exists; `type` is its number in encode.scalars. */
  load(address: number, type: number): number {
    this.footprint.touch(address >> (chunkShift + 2));
    const word = this.words[address >> 2] as number;
    if (type === 7 || type === 6) {
      if ((address & 7) !== 0) throw unaligned();
      this.footprint.touch((address + 4) >> (chunkShift + 2));
      const high = this.words[(address >> 2) + 1] as number;
      return high === word >> 31 && word >= smallest ? word : this.wide.join(word, high);
    }
    const shift = (address & 3) * 8;
    if ((type === 2 || type === 3) && shift === 24) throw unaligned();
    switch (type) {
      case 0:
        return (word << (24 - shift)) >> 24;
      case 1:
      case 8:
        return (word >>> shift) & 0xff;
      case 2:
        return (word << (16 - shift)) >> 16;
      case 3:
        return (word >>> shift) & 0xffff;
      default:
        if (shift !== 0) throw unaligned();
        return word;
    }
  }

  store(address: number, type: number, value: number): void {
    if (type === 7 || type === 6) {
      if ((address & 7) !== 0) throw unaligned();
      if (value >= smallest) {
        this.write32(address, value);
        this.write32(address + 4, value >> 31);
      } else {
        this.write32(address, this.wide.low(value));
        this.write32(address + 4, this.wide.high(value));
      }
      return;
    }
    if (type === 4 || type === 5) {
      if ((address & 3) !== 0) throw unaligned();
      this.write32(address, value);
      return;
    }
    const shift = (address & 3) * 8;
    if ((type === 2 || type === 3) && shift === 24) throw unaligned();
    const mask = (type === 2 || type === 3 ? 0xffff : 0xff) << shift;
    this.write32(address & ~3, (this.read32(address & ~3) & ~mask) | ((value << shift) & mask));
  }

  /** Bytes one by one, for copies that are not whole aligned words. */
  copy(to: number, from: number, size: number): void {
    if (((to | from | size) & 3) === 0) {
      for (let offset = 0; offset < size; offset += 4) this.write32(to + offset, this.read32(from + offset));
      return;
    }
    const bytes = Array.from({ length: size }, (_, offset) => this.load(from + offset, 1));
    bytes.forEach((byte, offset) => {
      this.store(to + offset, 1, byte);
    });
  }

  clear(address: number, size: number): void {
    let at = address;
    const stop = address + size;
    for (; at < stop && (at & 3) !== 0; at++) this.store(at, 1, 0);
    for (; at + 4 <= stop; at += 4) this.write32(at, 0);
    for (; at < stop; at++) this.store(at, 1, 0);
  }
}

/** An access that does not lie inside one word (or one pair of words), as no compiler lays a scalar. */
function unaligned(): Violation {
  return new Violation('wild-access', 'an access that is not aligned');
}
