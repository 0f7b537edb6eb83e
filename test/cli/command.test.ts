import { describe, expect, it } from 'vitest';
import { catalogueCommand } from '../../src/command/catalogue.js';
import { checkCommand } from '../../src/command/check.js';
import { coversCommand } from '../../src/command/covers.js';
import { replayCommand } from '../../src/command/replay.js';
import type { CheckResult } from '../../src/finding/check.js';
import type { ReplayReport } from '../../src/finding/replay-report.js';
import type { Verdict } from '../../src/finding/verdict.js';
import { expectFile } from '../report/expected.js';
import { finding } from '../report/sample.js';
import { fakeHost, flags } from './host.js';

function result(race: string, verdict: Verdict, more: Partial<CheckResult> = {}): CheckResult {
  return {
    race,
    rule: 'lost-wakeup',
    verdict,
    rules: [],
    signatures: [],
    bound: 'complete',
    states: 12,
    location: null,
    why: [],
    assumptions: ['shared page tables'],
    witness: null,
    ...more,
  };
}

const violated = result('b-race', 'violated', {
  rules: ['lost-wakeup'],
  signatures: ['lost-wakeup of an entry in f()'],
  why: ['nobody will wake the sleeper'],
  location: { file: 'fs/dax.c', line: 7, function: 'f' },
  witness: '1.b-race.after.ab.01',
});
const gone = result('c-race', 'absent', { bound: null, states: 0, why: ['f() does not exist there'] });
const unread = result('d-race', 'not-analysed', {
  bound: null,
  states: 0,
  why: ['g() could not be lowered'],
});

async function check(results: CheckResult[], format = 'text') {
  const report = { version: 1 as const, tree: 'linux-6.12', results };
  const { host, output } = fakeHost({ check: () => Promise.resolve(report) });
  const code = await checkCommand(flags({ tree: ['linux-6.12'], format }), host);
  return { code, output: output() };
}

describe('faultline check', () => {
  it('lists the worst first, with reasons and a replay command', async () => {
    const { code, output } = await check([result('a-race', 'holds'), violated, gone, unread]);
    expect(code).toBe(1);
    expectFile('check.txt', output);
  });

  it('answers 0 when everything holds or is absent, 3 when nothing could be judged', async () => {
    expect((await check([result('a', 'holds'), gone, unread])).code).toBe(0);
    expect((await check([gone])).code).toBe(0);
    expect((await check([unread, gone])).code).toBe(3);
  });

  it('writes the document as it is', async () => {
    const { output } = await check([violated], 'json');
    expect(JSON.parse(output)).toEqual({ version: 1, tree: 'linux-6.12', results: [violated] });
  });

  it('wants exactly one tree', async () => {
    const { host, said } = fakeHost();
    expect(await checkCommand(flags(), host)).toBe(2);
    expect(await checkCommand(flags({ tree: ['a', 'b'] }), host)).toBe(2);
    expect(said()).toContain('exactly one --tree');
  });
});

describe('faultline replay', () => {
  const replayed = async (report: Partial<ReplayReport>) => {
    const whole = {
      version: 1 as const,
      witness: 'w',
      outcome: 'reproduced' as const,
      finding: null,
      why: [],
      ...report,
    };
    const { host, output } = fakeHost({ replayWitness: () => Promise.resolve(whole) });
    return { code: await replayCommand('w', flags(), host), output: output() };
  };

  it('answers 0 and draws the trace when the same violation is reached', async () => {
    const { code, output } = await replayed({ finding });
    expect(code).toBe(0);
    expect(output).toContain('REPRODUCED  unlocked-entry-path in claim_slot()');
    expect(output).toContain('*** a PTE is inserted');
  });

  it('answers 3 on other code and 1 when the violation is not reached', async () => {
    const other = await replayed({ outcome: 'other-code', why: ['the program is 12 and not 34'] });
    expect(other).toMatchObject({ code: 3 });
    expect(other.output).toContain('The program is 12 and not 34.');
    expect((await replayed({ outcome: 'not-reproduced' })).code).toBe(1);
  });
});

describe('faultline catalogue', () => {
  const entry = {
    title: 'A title',
    rule: 'lost-wakeup',
    seen: 'v4.20',
    introduced: null,
    fixed: null,
    link: null,
    advice: null,
    prose: 'Once.',
    file: 'rules/race/x.c',
  };
  const catalogue = () =>
    Promise.resolve([
      { id: 'one', ...entry },
      { id: 'two', ...entry },
    ]);

  it('lists all races, tells about one, and knows no other', async () => {
    const { host, output, said } = fakeHost({ catalogue });
    expect(await catalogueCommand(undefined, flags(), host)).toBe(0);
    expect(output()).toContain('2 races');
    expect(await catalogueCommand('two', flags(), host)).toBe(0);
    expect(output()).toContain('Id:         two');
    expect(await catalogueCommand('three', flags(), host)).toBe(2);
    expect(said()).toContain('there is no race "three"');
  });

  it('answers 1 when an entry fails its own test, and says how', async () => {
    const broken = { id: 'one', broken: 'holds' as const, repaired: 'holds' as const, ok: false };
    const good = { id: 'two', broken: 'violated' as const, repaired: 'holds' as const, ok: true };
    const selfTest = (entries: (typeof good | typeof broken)[]) => () =>
      Promise.resolve({ version: 1 as const, entries });
    const bad = fakeHost({ catalogue, selfTest: selfTest([broken, good]) });
    expect(await catalogueCommand(undefined, { ...flags(), selfTest: true }, bad.host)).toBe(1);
    expect(bad.output()).toContain('BROKEN shows nothing: holds');
    const fine = fakeHost({ catalogue, selfTest: selfTest([good]) });
    expect(await catalogueCommand(undefined, { ...flags(), selfTest: true }, fine.host)).toBe(0);
  });
});

describe('faultline covers', () => {
  it('tells per function what is read and what is modelled, with its reason', async () => {
    const functions = [
      { function: 'f', line: 3, lowered: true, modelled: true, races: ['a-race'], why: null },
      { function: 'g', line: 30, lowered: true, modelled: false, races: [], why: 'no scenario plays it' },
      { function: 'h', line: 99, lowered: false, modelled: false, races: [], why: 'a computed goto' },
    ];
    const report = {
      version: 1 as const,
      target: 'fs/dax.c',
      files: [{ file: 'fs/dax.c', functions, problems: [] }],
    };
    const { host, output } = fakeHost({ covers: () => Promise.resolve(report) });
    expect(await coversCommand('fs/dax.c', flags(), host)).toBe(0);
    expectFile('covers.txt', output());
  });
});
