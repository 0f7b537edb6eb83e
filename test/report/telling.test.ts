import { describe, expect, it } from 'vitest';
import type { TraceStep } from '../../src/finding/trace.js';
import { momentsOf } from '../../src/report/moment.js';
import { rowsOf } from '../../src/report/row.js';
import { shortenSource } from '../../src/report/shorten.js';
import { step } from './sample.js';

const linesOf = (trace: TraceStep[]) =>
  rowsOf(trace, false)
    .filter((row) => row.kind === 'source')
    .map((row) => row.line);
const lock = (line: number, thread = 1) => step(thread, line, 'spin_lock(&tree);', { locks: ['tree'] });
const unlock = (line: number, thread = 1) => step(thread, line, 'spin_unlock(&tree);');
const held = (line: number, source: string, event: string | null = null) =>
  step(1, line, source, { locks: ['tree'], event });

describe('what a drawn trace tells', () => {
  it('tells what changes and what fails, and not what only computes', () => {
    const trace = [
      step(1, 1, 'x = 1;'),
      step(1, 2, 'y = f(x);', { event: '= 7' }),
      step(1, 3, 'z = g(x);', { event: '= -EEXIST' }),
      step(1, 4, 'store(z);', { effects: [{ name: 'slot', old: 'none', new: 'z' }] }),
      step(1, 5, 'return z;'),
    ];
    expect(linesOf(trace)).toEqual([3, 4]);
  });

  it('tells what was looked up under a lock, with the lock around it', () => {
    const trace = [
      lock(1),
      held(2, 'x = 1;'),
      held(3, 'entry = lookup(tree);', '= 46'),
      held(4, 'if (entry)'),
      unlock(5),
      step(1, 6, 'n = size(x);', { event: '= 46' }),
    ];
    expect(linesOf(trace)).toEqual([1, 3, 5]);
  });

  it('leaves out a lock under which nothing is told', () => {
    const trace = [lock(1), held(2, 'x = 1;'), unlock(3), step(1, 4, 'die();', { broken: 'it broke' })];
    expect(linesOf(trace)).toEqual([4]);
  });

  it('tells a hold in the middle of which another thread ran', () => {
    const trace = [
      lock(1),
      step(2, 10, 'change();', { effects: [{ name: 'x', old: '1', new: '2' }] }),
      held(2, 'y = x;'),
      unlock(3),
    ];
    expect(linesOf(trace)).toEqual([1, 10, 3]);
  });

  it('lets no thread run without a line of it', () => {
    const trace = [
      step(1, 1, 'a = 1;'),
      step(1, 2, 'b = 1;'),
      step(2, 10, 'c = 1;'),
      step(1, 3, 'die();', { broken: 'it broke' }),
    ];
    expect(linesOf(trace)).toEqual([2, 10, 3]);
  });

  it('does not count the locks that a role brought along', () => {
    const brought = (line: number, source: string, event: string | null) =>
      step(1, line, source, { locks: ['inode'], event });
    const trace = [
      step(1, 9, '', { locks: ['inode'] }),
      brought(1, 'n = size(x);', '= 3'),
      brought(2, 'm = size(y);', '= 4'),
      brought(3, 'die();', '= -EIO'),
    ];
    expect(momentsOf(trace).every((moment) => moment.locks.length === 0)).toBe(true);
    expect(linesOf(trace)).toEqual([3]);
  });

  it('names a call and its return once', () => {
    const trace = [
      step(1, 1, 'wake(all);', { effects: [{ name: 'queue', old: '1', new: '0' }] }),
      step(1, 50, 'n--;', { function: 'inner' }),
      step(1, 1, 'wake(all);', { wakes: [2] }),
    ];
    const rows = rowsOf(trace, false).map((row) => row.text);
    expect(rows).toEqual(['claim_slot()  fs/dax.c', 'wake(all);', 'queue: 1 -> 0', 'wakes 2']);
  });
});

describe('a statement that is too long for its column', () => {
  it('loses arguments, innermost and longest first', () => {
    expect(shortenSource('error = preload(mapping_gfp(mapping, flags), 1);', 40)).toBe(
      'error = preload(mapping_gfp(..), 1);',
    );
    expect(shortenSource('error = preload(mapping_gfp(mapping, flags), 1);', 30)).toBe(
      'error = preload(..);',
    );
  });

  it('is closed when it goes on in the next line', () => {
    expect(shortenSource('entry = lookup(&mapping->tree, index,', 60)).toBe('entry = lookup(..);');
    expect(shortenSource('while (next <= end && (found = lookup(&pages,', 60)).toBe(
      'while (next <= end && (found = lookup(..) ..',
    );
  });

  it('stays as it is when it fits', () => {
    expect(shortenSource('if (a && f(b))', 60)).toBe('if (a && f(b))');
  });
});
