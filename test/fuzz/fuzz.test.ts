import { describe, expect, it } from 'vitest';
import { fuzz, hangMs } from './fuzz.js';

describe('mutated mails and diffs', () => {
  it('crash nothing, hang nowhere and lose nothing, for ten seconds', async () => {
    // The day's number: every day looks elsewhere, and a failure names its case.
    const first = Math.floor(Date.now() / 86_400_000) * 1000;
    const told = await fuzz(first, 100_000, 10_000);
    expect(told.failures).toEqual([]);
    expect(told.cases).toBeGreaterThan(20);
    expect(told.slowestCpuMs).toBeLessThan(hangMs);
    expect(told.peakRssMb).toBeLessThan(1500);
    // Inputs that never come to be applied would show little.
    expect(told.outcomes.applied).toBeGreaterThan(0);
    expect(told.outcomes.malformed).toBeGreaterThan(0);
  }, 60_000);
});
