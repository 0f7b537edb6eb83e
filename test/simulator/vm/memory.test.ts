import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressSpace, type Scalar } from '../../../simulator/vm/program.js';
import { NotAnalysed, Violation } from '../../../simulator/vm/violation.js';
import { WideTable } from '../../../simulator/vm/wide.js';
import { OneFunction, readAs, scalars, sizeOf, wrapped } from './one-function.js';

const length = 64;
const one = new OneFunction([]);
const { machine, memory: start } = one;
const numberOf = (type: Scalar) => scalars.indexOf(type);
const wordOf = (type: Scalar, value: bigint) =>
  sizeOf[type] === 8 ? machine.wide.word(value) : Number(BigInt.asIntN(32, wrapped(type, value)));

type Act =
  | { do: 'store'; type: Scalar; at: number; value: bigint }
  | { do: 'clear'; at: number; size: number }
  | { do: 'copy'; at: number; from: number; size: number };

const place = fc.nat({ max: length - 1 });
const value = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }),
  fc.constantFrom(0n, -1n, 0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn, -0x7ff0_0000n, -0x8000_0000n),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('store' as const), type: fc.constantFrom(...scalars), at: place, value }),
  fc.record({ do: fc.constant('clear' as const), at: place, size: fc.nat({ max: 24 }) }),
  fc.record({ do: fc.constant('copy' as const), at: place, from: place, size: fc.nat({ max: 24 }) }),
);

/** The bytes as they must be after an act; false when it does not fit. */
function perform(model: DataView, one: Act): boolean {
  const bytes = new Uint8Array(model.buffer);
  const size = one.do === 'store' ? sizeOf[one.type] : one.size;
  if (one.at + size > length) return false;
  if (one.do === 'clear') bytes.fill(0, one.at, one.at + size);
  if (one.do === 'copy') {
    const apart = one.from + size <= one.at || one.at + size <= one.from;
    if (one.from + size > length || !apart) return false;
    bytes.set(bytes.slice(one.from, one.from + size), one.at);
  }
  if (one.do === 'store') {
    if (one.at % size !== 0) return false;
    const stored = wrapped(one.type, one.value);
    for (let n = 0; n < size; n++) bytes[one.at + n] = Number((stored >> BigInt(8 * n)) & 0xffn);
  }
  return true;
}

test('loads and stores of every size, copies and clears do what they do to bytes, however they are mixed', () => {
  const property = fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), (acts) => {
    const model = new DataView(new ArrayBuffer(length));
    machine.memory.clear(start, length);
    for (const one of acts) {
      if (!perform(model, one)) continue;
      if (one.do === 'store')
        machine.memory.store(start + one.at, numberOf(one.type), wordOf(one.type, one.value));
      if (one.do === 'clear') machine.memory.clear(start + one.at, one.size);
      if (one.do === 'copy') machine.memory.copy(start + one.at, start + one.from, one.size);
    }
    for (const type of scalars) {
      for (let at = 0; at < length; at += sizeOf[type]) {
        const loaded = machine.memory.load(start + at, numberOf(type));
        expect(loaded, `${type} at ${at}`).toBe(wordFound(type, readAs(model, at, type)));
      }
    }
  });
  fc.assert(property, { seed: 7, numRuns: 300 });
});

/** A punned `bool` keeps the byte that is there. */
function wordFound(type: Scalar, found: bigint): number {
  return type === 'bool' ? Number(found) : wordOf(type, found);
}

test('a scalar that does not lie as a compiler lays it is refused, not guessed', () => {
  for (const type of scalars) {
    for (let at = 1; at < 8; at++) {
      const inside = sizeOf[type] === 8 ? at % 8 === 0 : (at % 4) + sizeOf[type] <= 4;
      const load = () => machine.memory.load(start + at, numberOf(type));
      const store = () => machine.memory.store(start + at, numberOf(type), 0);
      if (inside) expect(load, `${type} at ${at}`).not.toThrow();
      else {
        expect(load, `${type} at ${at}`).toThrow(Violation);
        expect(store, `${type} at ${at}`).toThrow(Violation);
      }
    }
  }
});

test('what exists is known to units of 16 bytes', () => {
  const { heap } = addressSpace;
  expect(machine.memory.exists(heap)).toBe(false);
  machine.memory.mark(heap, 20, true);
  expect([0, 15, 16, 31, 32].map((at) => machine.memory.exists(heap + at))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  machine.memory.mark(heap, 20, false);
  expect(machine.memory.exists(heap)).toBe(false);
});

test('nothing exists below the globals, above the stacks, and at negative addresses', () => {
  for (const address of [0, 1, 0xfff, 0x1000, 0xffff, 0x4000_0000, 0x7fff_ffff, -1, -4096]) {
    expect(machine.memory.exists(address), `${address}`).toBe(false);
  }
});

test('equal 64-bit values have equal words, whichever way they came about', () => {
  const property = fc.property(value, (x) => {
    const word = machine.wide.word(x);
    expect(machine.wide.value(word)).toBe(BigInt.asIntN(64, x));
    expect(machine.wide.join(machine.wide.low(word), machine.wide.high(word))).toBe(word);
    expect(machine.wide.word(BigInt.asUintN(64, x))).toBe(word);
  });
  fc.assert(property, { seed: 8, numRuns: 500 });
});

test('more wide values than the table holds are a reason not to judge, not a crash', () => {
  const table = new WideTable(2);
  const known = [1n << 40n, 1n << 41n].map((x) => table.word(x));
  expect(known.map((word) => table.value(word))).toEqual([1n << 40n, 1n << 41n]);
  expect(() => table.word(1n << 42n)).toThrow(NotAnalysed);
  expect(table.word(1n << 41n)).toBe(known[1]);
  expect(table.word(5n)).toBe(5);
});
