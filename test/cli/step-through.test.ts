import { describe, expect, it } from 'vitest';
import { replayCommand } from '../../src/command/replay.js';
import { widthOf } from '../../src/report/width.js';
import { finding } from '../report/sample.js';
import { fakeHost, flags } from './host.js';

const terminal = { inputIsTerminal: true, outputIsTerminal: true, environment: { NO_COLOR: '1' } };

/** What a reader sees after each key, on a terminal of that size. */
async function framesOf(keys: string[], size = { columns: 100, rows: 30 }, trace = finding.trace) {
  const report = { version: 1 as const, witness: 'w', outcome: 'reproduced' as const, why: [] };
  const { host, output } = fakeHost(
    { replayWitness: () => Promise.resolve({ ...report, finding: { ...finding, trace } }) },
    {
      ...terminal,
      screen: () => size,
      keys: async function* () {
        yield* keys;
      },
    },
  );
  expect(await replayCommand('w', flags(), host)).toBe(0);
  const [, ...frames] = output().split('\x1b[H');
  return {
    frames: frames.map((frame) => frame.split('\x1b[J')[0]!.replaceAll('\x1b[K', '').split('\r\n')),
    output,
  };
}

describe('replay on a terminal', () => {
  it('steps forward and back, to the first and the last, and leaves', async () => {
    const { frames, output } = await framesOf(['j', '\x1b[B', 'k', 'G', 'g', 'x', 'q', 'j']);
    const steps = frames.map((lines) => /step (\d+) of (\d+)/.exec(lines.join('\n'))!);
    const last = steps[0]![2]!;
    expect(steps.map((step) => step[1])).toEqual(['1', '2', '3', '2', last, '1', '1']);
    // The other screen is left, and the whole answer stands on the one that stays.
    expect(output()).toContain('\x1b[?1049l');
    expect(output().split('\x1b[?1049l')[1]).toContain('REPRODUCED');
  });

  it('shows who holds what, and what has changed', async () => {
    const { frames } = await framesOf(['G', 'q']);
    expect(frames[0]!.join('\n')).toMatch(/1 holds tree_lock {3}2 holds nothing/);
    expect(frames[1]!.join('\n')).toMatch(/\*\*\* a PTE is inserted where a huge/);
  });

  it('fits any terminal', async () => {
    for (const size of [
      { columns: 40, rows: 12 },
      { columns: 72, rows: 24 },
      { columns: 200, rows: 60 },
    ]) {
      const { frames } = await framesOf(['j', 'j', 'j', 'j', 'G', 'q'], size);
      expect(frames.length).toBeGreaterThan(4);
      for (const lines of frames) {
        expect(lines.length).toBeLessThan(size.rows);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
        expect(lines.some((line) => line.startsWith('>'))).toBe(true);
      }
    }
  });

  it('shows nothing that steers the terminal, whatever the code says', async () => {
    const hostile = '\x1b[2J\x9b\u202e\x07 x = f(a);';
    const trace = finding.trace.map((step) => ({
      ...step,
      source: hostile,
      role: hostile,
      function: hostile,
    }));
    const { frames } = await framesOf(['j', 'q'], undefined, trace);
    expect(frames.flat().join('')).toContain('x = f(a)');
    expect(frames.flat().join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
  });

  it('only prints where nobody sits, or when it was asked to', async () => {
    const report = { version: 1 as const, witness: 'w', outcome: 'reproduced' as const, why: [], finding };
    const answers = { replayWitness: () => Promise.resolve(report) };
    const pipe = fakeHost(answers, { ...terminal, outputIsTerminal: false });
    await replayCommand('w', flags(), pipe.host);
    const asked = fakeHost(answers, terminal);
    await replayCommand('w', { ...flags(), step: false }, asked.host);
    for (const { output } of [pipe, asked]) expect(output()).not.toContain('\x1b[');
  });
});
