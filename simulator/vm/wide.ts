import { NotAnalysed } from './violation.js';

/**
 * 64-bit values that do not fit a register word. A word at or above `smallest` is the value itself; a word
 * below it is the place of a value in this table. Equal values have equal words, so words compare exactly.
 */
export const smallest = -0x8000_0000 + 0x10_0000;

const base = -0x8000_0000;

export class WideTable {
  private readonly values: bigint[] = [];
  private readonly places = new Map<bigint, number>();

  constructor(private readonly limit = 0x10_0000) {}

  /** The register word of any integer, taken modulo 2^64 (signed-canonical). */
  word(value: bigint): number {
    const signed = BigInt.asIntN(64, value);
    if (signed >= BigInt(smallest) && signed <= 0x7fff_ffffn) return Number(signed);
    const known = this.places.get(signed);
    if (known !== undefined) return known;
    if (this.values.length >= this.limit)
      throw new NotAnalysed(`more than ${this.limit} distinct wide values`);
    const word = base + this.values.length;
    this.values.push(signed);
    this.places.set(signed, word);
    return word;
  }

  /** The same for an exact JavaScript number (at most 2^53 either way). */
  wordOf(value: number): number {
    return value >= smallest && value <= 0x7fff_ffff ? value : this.word(BigInt(value));
  }

  /** The signed value of a 64-bit register word. */
  value(word: number): bigint {
    return word >= smallest ? BigInt(word) : (this.values[word - base] as bigint);
  }

  /** The word whose low and high halves are these. */
  join(low: number, high: number): number {
    if (high === low >> 31 && low >= smallest) return low;
    return this.word((BigInt(high) << 32n) | BigInt(low >>> 0));
  }

  low(word: number): number {
    return word >= smallest ? word : Number(BigInt.asIntN(32, this.value(word)));
  }

  high(word: number): number {
    return word >= smallest ? word >> 31 : Number(BigInt.asIntN(32, this.value(word) >> 32n));
  }
}
