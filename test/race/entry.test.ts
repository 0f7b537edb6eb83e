import { describe, expect, it } from 'vitest';
import type { Act } from '../../simulator/index.js';
import { entryWords } from '../../src/race/entry.js';

const act = (kind: Act['kind'], name: string, args: number[], value?: number, thread = 0): Act =>
  ({ thread, line: 1, kind, name, args, value, fn: { name: 'f' }, callee: undefined }) as unknown as Act;

/** Bits of told() in simulator/kernel/entry.c. */
const empty = 1 | 2 | 8 | 32;
const locked = empty | 4;
const tree = 100;
const store = (old: number, now: number, thread = 0) =>
  act('event', 'store', [tree, 0, 1, old, now], undefined, thread);

describe('raw entries of a trace', () => {
  it('are told in words that stores teach', () => {
    const acts = [
      act('event', 'lookup', [tree, 0, 0x15]),
      act('call', 'xas_store', [1, 0x17]),
      store(empty, locked),
      act('return', 'xas_store', [], 0x15),
    ];
    expect([...entryWords(acts)]).toEqual([
      [0x15, 'PMD, empty'],
      [0x17, 'PMD, empty, locked'],
    ]);
  });

  it('are not told when another thread may have stored between the look and the store', () => {
    const acts = [
      act('event', 'lookup', [tree, 0, 0x15]),
      store(empty, locked, 1),
      act('call', '__unknown', [0x17]),
      store(locked, empty),
    ];
    expect([...entryWords(acts)]).toEqual([]);
  });

  it('are not told when one value has two meanings, or one meaning two values', () => {
    const acts = [
      act('call', 'xas_store', [1, 0x17]),
      store(0, locked),
      act('call', 'xas_store', [1, 0x17]),
      store(0, empty),
      act('call', 'xas_store', [1, 0x19]),
      store(0, 1 | 2),
      act('call', 'xas_store', [1, 0x1b]),
      store(0, 1 | 2),
    ];
    expect([...entryWords(acts)]).toEqual([]);
  });
});
