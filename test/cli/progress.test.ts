import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/command/progress.js';
import { fakeHost } from './host.js';

describe('progress', () => {
  let clock = 0;
  const shown = (errorIsTerminal: boolean, seconds: number, done: number, of: number | null) => {
    clock = 0;
    const { host, said } = fakeHost({}, { now: () => clock, errorIsTerminal });
    const line = progressLine(host);
    clock = seconds * 1000;
    line.show({ what: 'v6.12', done, of });
    return said().replace('\r\x1b[K', '').trim();
  };

  it('tells how fast it goes and how long it will take', () => {
    expect(shown(true, 10, 30, 90)).toBe('v6.12 30/90, 10 s, 3.0/s, 20 s left');
    expect(shown(true, 120, 4, 240)).toBe('v6.12 4/240, 2 min, 2.0/min, 1 h 58 min left');
    expect(shown(true, 60, 12_345, null)).toBe('v6.12 12345, 60 s, 206/s');
  });

  it('promises nothing after one of many', () => {
    expect(shown(true, 10, 1, 90)).toBe('v6.12 1/90, 10 s');
    expect(shown(true, 10, 0, 90)).toBe('v6.12 0/90, 10 s');
  });

  it('is a plain line where nobody can be shown how it moves', () => {
    expect(shown(false, 20, 30, 90)).toBe('faultline: v6.12 30/90, 20 s, 1.5/s, 40 s left');
  });
});
