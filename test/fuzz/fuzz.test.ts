import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/root.js';
import { type Fuzzed, hangMs } from './fuzz.js';

/** In a process of its own: memory and processor time are a process's, and other tests run beside this one. */
function fuzzed(...given: string[]): Fuzzed {
  const command = ['--import', 'tsx', join(packageRoot, 'test/fuzz/index.ts'), ...given];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 120_000 });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
}

describe('mutated mails and diffs', () => {
  it('crash nothing, hang nowhere and lose nothing, for ten seconds', () => {
    // The day's number: every day looks elsewhere, and a failure names its case.
    const first = Math.floor(Date.now() / 86_400_000) * 1000;
    const told = fuzzed('--first', `${first}`, '--cases', '100000', '--seconds', '10');
    expect(told.failures).toEqual([]);
    expect(told.cases).toBeGreaterThan(20);
    expect(told.slowestCpuMs).toBeLessThan(hangMs);
    expect(told.peakRssMb).toBeLessThan(500);
    // Inputs that never come to be applied would show little.
    expect(told.outcomes.applied).toBeGreaterThan(0);
    expect(told.outcomes.malformed).toBeGreaterThan(0);
  });
});
