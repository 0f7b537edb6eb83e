import { describe, expect, it } from 'vitest';
import { clashOf } from '../../src/report/clash.js';
import { step } from './sample.js';

const entry = (index: number, old: string, now: string) => [{ name: `entry ${index}`, old, new: now }];
const locked = 'PTE, pfn 16, locked';
const asleep = [
  step(3, 5, 'prepare_to_wait(queue, &wait);', { event: 'enters the wait queue (index 0)' }),
  step(3, 9, 'schedule();', { broken: 'nobody will wake the sleeper' }),
];
const statements = (trace: Parameters<typeof clashOf>[0]) =>
  clashOf(trace, 'lost-wakeup')!.statements.map(({ moment }) => `${moment.thread}: ${moment.source}`);

describe('of a lost wake-up, what a reader is shown', () => {
  it('is who let go of what the sleeper waits for, and not who let go of another entry later', () => {
    const trace = [
      ...asleep,
      step(1, 20, 'unlock(0);', { effects: entry(0, locked, 'PTE, pfn 16') }),
      step(2, 30, 'unlock(7);', { effects: entry(7, locked, 'PTE, pfn 16') }),
    ];
    expect(statements(trace)).toEqual(['3: schedule();', '1: unlock(0);']);
  });

  it('is the wake-up that another got', () => {
    const trace = [
      ...asleep,
      step(1, 20, 'unlock(0);', { effects: entry(0, locked, 'PTE, pfn 16') }),
      step(1, 21, 'wake_up(queue);', { wakes: [2] }),
      step(2, 30, 'unlock(7);', { effects: entry(7, locked, 'PTE, pfn 16') }),
    ];
    expect(statements(trace)).toEqual(['3: schedule();', '1: wake_up(queue);']);
  });

  it('counts a huge entry as what holds the indices behind it', () => {
    const huge = entry(0, 'PMD, pfn 16, locked', 'PMD, pfn 16');
    const waits = step(3, 5, 'prepare_to_wait(queue, &wait);', { event: 'enters the wait queue (index 1)' });
    expect(statements([waits, asleep[1]!, step(1, 20, 'unlock(0);', { effects: huge })])).toEqual([
      '3: schedule();',
      '1: unlock(0);',
    ]);
  });
});
