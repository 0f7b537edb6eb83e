import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Shortcuts } from '../../../simulator/explore/shortcuts.js';
import { StateTable } from '../../../simulator/explore/state-table.js';
import { WorldTable } from '../../../simulator/explore/world-table.js';

const small = fc.nat(40);

describe('shortcuts', () => {
  test.each([1, 4])('find %i words that were added, and after they were forgotten nothing', (length) => {
    const step = fc.oneof(
      { weight: 60, arbitrary: fc.tuple(small, small) },
      { weight: 1, arbitrary: fc.constant('forget' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 500, maxLength: 1500 }), (steps) => {
        const shortcuts = new Shortcuts(length);
        const found = (one: readonly [number, number]) => {
          const at = shortcuts.find(...one);
          return at < 0 ? undefined : [...shortcuts.words.subarray(at, at + length)];
        };
        const model = new Map<string, number[]>();
        for (const [n, one] of steps.entries()) {
          if (one === 'forget') {
            shortcuts.forget();
            model.clear();
            continue;
          }
          const key = one.join();
          expect(found(one)).toEqual(model.get(key));
          if (model.has(key)) continue;
          const words = Array.from({ length }, (_, place) => n + place);
          const at = shortcuts.add(...one);
          shortcuts.words.set(words, at);
          model.set(key, words);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a table of worlds', () => {
  test('has one number for equal vectors, however they were made, and gives back what each place is', () => {
    const change = fc.uniqueArray(fc.tuple(fc.nat(12), fc.nat(3)), {
      minLength: 1,
      maxLength: 4,
      selector: ([place]) => place,
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 200, maxLength: 400 }), (changes) => {
        const initial = Array.from({ length: 13 }, (_, place) => place % 3);
        const table = new WorldTable(initial);
        const known = new Map([[initial.join(), table.intern(Int32Array.from(initial), 13)]]);
        let vector = [...initial];
        let number = known.get(vector.join()) as number;
        for (const each of changes) {
          const sorted = each.sort(([a], [b]) => a - b);
          vector = [...vector];
          for (const [place, value] of sorted) vector[place] = value;
          const places = sorted.map(([place]) => place);
          number = table.with(
            number,
            places,
            sorted.map(([, value]) => value),
          );
          expect(known.get(vector.join()) ?? number).toBe(number);
          known.set(vector.join(), number);
          expect(vector.map((_, place) => table.at(number, place))).toEqual(vector);
          expect(table.intern(Int32Array.from(vector), 13)).toBe(number);
        }
        expect(new Set(known.values()).size).toBe(known.size);
      }),
      { numRuns: 20 },
    );
  });

  test('takes places that were never written for what they were in the beginning', () => {
    const initial = [5];
    const table = new WorldTable(initial);
    const first = table.intern(Int32Array.of(5), 1);
    initial.push(7, 9);
    expect(table.intern(Int32Array.of(5, 7, 9), 3)).toBe(first);
    const other = table.with(first, [2], [8]);
    expect([0, 1, 2].map((place) => table.at(other, place))).toEqual([5, 7, 8]);
    expect(table.with(other, [2], [9])).toBe(first);
  });
});

test('worlds are told apart though some of so many must have the same hash', () => {
  const table = new WorldTable([0, 0]);
  const many = 300_000;
  for (let n = 0; n < many; n++) table.intern(Int32Array.of(1 + (n % 600), 1 + Math.floor(n / 600)), 2);
  expect(table.size).toBe(many);
});

describe('a table of states', () => {
  test('has one number for equal records, in the order in which they come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), small, fc.nat(5)), { minLength: 900 }), (steps) => {
        const table = new StateTable(3);
        const known = new Map<string, number>();
        let record = [0, 0, 0, 0];
        let state = table.intern(Int32Array.of(0, 0, 0), 0);
        known.set(record.join(), state);
        for (const [thread, own, world] of steps) {
          record = record.with(thread, own).with(3, world);
          const expected = known.get(record.join()) ?? known.size;
          state = table.successor(state, thread, own, world);
          expect(state).toBe(expected);
          known.set(record.join(), state);
          expect([0, 1, 2].map((t) => table.thread(state, t))).toEqual(record.slice(0, 3));
          expect(table.world(state)).toBe(world);
          expect(table.intern(Int32Array.from(record.slice(0, 3)), world)).toBe(state);
        }
        expect(table.size).toBe(known.size);
      }),
      { numRuns: 5 },
    );
  });
});
