import type { Scalar } from '../vm/program.js';
import type { Expression, Initialiser } from './ast.js';
import { constant, convertConstant } from './constant.js';
import { asFailure, Failure } from './failure.js';
import { initialise, type Sink, type Target } from './initialise.js';
import type { GlobalSymbol, Linkable } from './symbol.js';
import { globalType, stringSymbol } from './symbol.js';
import { scalarOf, scalarSize, wrap } from './type.js';

/** The first value of a scalar of a global, from its start; with a base: that address plus the value. */
export interface Datum {
  offset: number;
  type: Scalar;
  value: bigint;
  base: Linkable | undefined;
}

/** What a global holds before anything runs; all that is not listed is zero. */
export interface Data {
  initial: Datum[];
  /** Why its initialiser could not be evaluated. */
  problem: string | undefined;
}

export function dataOf(symbol: GlobalSymbol): Data {
  if (!symbol.data) {
    symbol.data = { initial: [], problem: undefined };
    try {
      symbol.data.initial = new Writer(symbol).write();
    } catch (thrown) {
      symbol.data.problem = asFailure(thrown).reason;
    }
  }
  return symbol.data;
}

class Writer {
  private readonly initial: Datum[] = [];
  /** Bytes of bit-fields, which several of them share. */
  private readonly bitBytes = new Map<number, number>();

  constructor(private readonly symbol: GlobalSymbol) {}

  write(): Datum[] {
    const { symbol } = this;
    const type = globalType(symbol);
    if (symbol.bytes) this.bytes(0, symbol.bytes, symbol.bytes.length);
    if (symbol.initialiser) this.fill({ type, offset: 0, bits: undefined }, symbol.initialiser);
    for (const [offset, value] of this.bitBytes) {
      if (value !== 0) this.initial.push({ offset, type: 'u8', value: BigInt(value), base: undefined });
    }
    return this.initial;
  }

  /** A value for an unknown member is no guess here: whoever reads that member guesses. */
  private fill(target: Target, initialiser: Initialiser): void {
    const sink: Sink = { give: (part, e) => this.give(part, e), guess: () => {} };
    initialise(target, initialiser, this.symbol.scope, sink);
  }

  private give(target: Target, e: Expression): void {
    const { type, offset } = target;
    if (type.kind === 'array' && e.kind === 'string') {
      const bytes = stringSymbol(e.value, this.symbol.unit).bytes!;
      this.bytes(offset, bytes, type.length ?? bytes.length);
      return;
    }
    if ((type.kind === 'record' || type.kind === 'array') && e.kind === 'compound') {
      this.fill({ type, offset, bits: undefined }, e.initialiser);
      return;
    }
    const known = constant(e, this.symbol.scope);
    const value = known && convertConstant(known, type);
    if (!value) throw new Failure('its initialiser is not constant', e.line);
    if (target.bits) this.bits(target, value.value);
    else if (value.base || value.value !== 0n) {
      this.initial.push({ offset, type: scalarOf(type), value: value.value, base: value.base });
    }
  }

  private bytes(offset: number, bytes: Uint8Array, room: number): void {
    bytes.subarray(0, room).forEach((byte, at) => {
      if (byte !== 0)
        this.initial.push({ offset: offset + at, type: 'u8', value: BigInt(byte), base: undefined });
    });
  }

  private bits(target: Target, value: bigint): void {
    const { shift, width, unit } = target.bits!;
    const placed = wrap(BigInt.asUintN(width, value) << BigInt(shift), unit);
    for (let at = 0; at < scalarSize(unit); at++) {
      const byte = Number((placed >> BigInt(8 * at)) & 0xffn);
      const offset = target.offset + at;
      if (byte !== 0) this.bitBytes.set(offset, (this.bitBytes.get(offset) ?? 0) | byte);
    }
  }
}
