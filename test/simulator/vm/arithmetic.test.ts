import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BinaryOperator,
  binaryOperators,
  type Scalar,
  type Width,
} from '../../../simulator/vm/program.js';
import { Violation } from '../../../simulator/vm/violation.js';
import { OneFunction, scalars, wrapped } from './one-function.js';

/** Integers around every edge that a word, a wide value or a type has, and any others. */
const edges = [0n, 1n, 7n, 8n, 15n, 16n, 20n, 31n, 32n, 52n, 53n, 62n, 63n].flatMap((by) =>
  [-2n, -1n, 0n, 1n, 2n].flatMap((near) => [(1n << by) + near, -(1n << by) + near]),
);
const smallestWord = -0x8000_0000n + 0x10_0000n;
const integer = fc.oneof(
  fc.constantFrom(...edges, ...[-1n, 0n, 1n].map((near) => smallestWord + near)),
  fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }),
);

const typeOf = (width: Width, signed: boolean): Scalar => `${signed ? 'i' : 'u'}${width}` as Scalar;

/** C on integers of any size, then wrapped; undefined where C has no value. */
function meaning(f: BinaryOperator, type: Scalar, a: bigint, b: bigint): bigint | undefined {
  const by = b & BigInt((type.endsWith('64') ? 64 : 32) - 1);
  const values: Record<BinaryOperator, () => bigint | boolean> = {
    add: () => a + b,
    sub: () => a - b,
    mul: () => a * b,
    div: () => a / b,
    rem: () => a % b,
    and: () => a & b,
    or: () => a | b,
    xor: () => a ^ b,
    shl: () => a << by,
    shr: () => a >> by,
    eq: () => a === b,
    ne: () => a !== b,
    lt: () => a < b,
    le: () => a <= b,
  };
  if ((f === 'div' || f === 'rem') && b === 0n) return undefined;
  const value = values[f]();
  return typeof value === 'boolean' ? BigInt(value) : wrapped(type, value);
}

describe.each(binaryOperators)('the operator %s', (f) => {
  const comparison = ['eq', 'ne', 'lt', 'le'].includes(f);
  test.each([
    [32, true],
    [32, false],
    [64, true],
    [64, false],
  ] as const)('is exact on %i bits, signed: %s', (width, signed) => {
    const type = typeOf(width, signed);
    const one = new OneFunction(
      [
        { op: 'load', type, access: 'plain', d: 0, address: ~0, offset: 0 },
        { op: 'load', type, access: 'plain', d: 1, address: ~0, offset: 8 },
        { op: 'binary', f, width, signed, d: 2, a: 0, b: 1 },
        { op: 'store', type: comparison ? 'i32' : type, access: 'plain', address: ~0, offset: 16, a: 2 },
      ],
      [0x1_0000n],
    );
    const agrees = (x: bigint, y: bigint) => {
      const a = wrapped(type, x);
      const b = wrapped(type, y);
      one.poke(0, type, a);
      one.poke(8, type, b);
      const expected = meaning(f, type, a, b);
      if (expected === undefined) expect(() => one.run()).toThrow(Violation);
      else {
        one.run();
        expect(one.peek(16, comparison ? 'i32' : type)).toBe(expected);
      }
    };
    fc.assert(fc.property(integer, integer, agrees), { seed: 1, numRuns: 400 });
    fc.assert(
      fc.property(integer, (x) => agrees(x, x)),
      { seed: 2, numRuns: 50 },
    );
  });
});

describe.each([
  ['neg', (a: bigint) => -a],
  ['not', (a: bigint) => ~a],
  ['lnot', (a: bigint) => (a === 0n ? 1n : 0n)],
] as const)('the operator %s', (f, means) => {
  test.each([32, 64] as const)('is exact on %i bits', (width) => {
    const type = typeOf(width, true);
    const result = f === 'lnot' ? 'i32' : type;
    const one = new OneFunction(
      [
        { op: 'load', type, access: 'plain', d: 0, address: ~0, offset: 0 },
        { op: 'unary', f, width, d: 1, a: 0 },
        { op: 'store', type: result, access: 'plain', address: ~0, offset: 8, a: 1 },
      ],
      [0x1_0000n],
    );
    const property = fc.property(integer, (x) => {
      const a = wrapped(type, x);
      one.poke(0, type, a);
      one.run();
      expect(one.peek(8, result)).toBe(wrapped(result, means(a)));
    });
    fc.assert(property, { seed: 3, numRuns: 400 });
  });
});

test.each(scalars)('a conversion from %s to any type is exact', (from) => {
  for (const to of scalars) {
    const one = new OneFunction(
      [
        { op: 'load', type: from, access: 'plain', d: 0, address: ~0, offset: 0 },
        { op: 'convert', from, to, d: 1, a: 0 },
        { op: 'store', type: to, access: 'plain', address: ~0, offset: 8, a: 1 },
        // What the register holds is canonical: it compares equal to the same value loaded.
        { op: 'load', type: to, access: 'plain', d: 2, address: ~0, offset: 8 },
        { op: 'binary', f: 'eq', width: to.endsWith('64') ? 64 : 32, signed: true, d: 3, a: 1, b: 2 },
        { op: 'store', type: 'i32', access: 'plain', address: ~0, offset: 16, a: 3 },
      ],
      [0x1_0000n],
    );
    const property = fc.property(integer, (x) => {
      const value = wrapped(from, x);
      one.poke(0, from, value);
      one.run();
      expect(one.peek(8, to)).toBe(wrapped(to, value));
      expect(one.peek(16, 'i32')).toBe(1n);
    });
    fc.assert(property, { seed: 4, numRuns: 150 });
  }
});

test('constants of 64 bits are the values that the program names', () => {
  for (const value of edges.map((edge) => BigInt.asIntN(64, edge))) {
    const one = new OneFunction(
      [{ op: 'store', type: 'i64', access: 'plain', address: ~0, offset: 0, a: ~1 }],
      [0x1_0000n, value],
    );
    one.run();
    expect(one.peek(0, 'i64')).toBe(value);
  }
});
