import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeSchedule,
  encodeSchedule,
  explore,
  programHash,
  replay,
  type Scenario,
  type Segment,
} from '../../../simulator/index.js';
import { expectReplay, scenarioOf } from './expect-found.js';

const segment: fc.Arbitrary<Segment> = fc.record({
  thread: fc.nat({ max: 7 }),
  instructions: fc.integer({ min: 0, max: 9_999_999 }),
  choices: fc.array(fc.nat({ max: 999 }), { maxLength: 4 }),
});

describe('a schedule as text', () => {
  test('is read back as it was written', () => {
    const property = fc.property(fc.array(segment, { minLength: 1, maxLength: 30 }), (segments) => {
      expect(decodeSchedule(encodeSchedule(segments))).toEqual(segments);
    });
    fc.assert(property, { seed: 5, numRuns: 200 });
  });

  test('is written as the README shows', () => {
    const segments = [
      { thread: 0, instructions: 412, choices: [1] },
      { thread: 1, instructions: 38, choices: [] },
    ];
    expect(encodeSchedule(segments)).toBe('a412x1b38');
  });

  test.each([
    '',
    'a',
    '12',
    'a1b',
    'i5',
    'A5',
    'a5 b6',
    'a5x',
    'a-5',
    'a5x1000',
    'a12345678',
    'a1'.repeat(10_001),
  ])('is refused when it is none: %.20s', (text) => {
    expect(decodeSchedule(text)).toBeUndefined();
  });

  test('is never more than a refusal, whatever the text', () => {
    const property = fc.property(fc.string(), (text) => {
      const segments = decodeSchedule(text);
      if (segments !== undefined) expect(encodeSchedule(segments).length).toBeGreaterThan(0);
    });
    fc.assert(property, { seed: 6, numRuns: 500 });
  });
});

const text = `
  int lock, x, y;
  void one(void)
  {
    spin_lock(&lock);
    x = 1;
    spin_unlock(&lock);
    if (__choose(2) == 1)
      y = y + 1;
    spin_lock(&lock);
    x = 0;
    spin_unlock(&lock);
  }
  void two(void)
  {
    int seen = y;
    spin_lock(&lock);
    __assert(x == 0 || seen == y, "assertion", "between");
    spin_unlock(&lock);
  }`;
const racing = scenarioOf({ threads: ['one', 'two'], text });

function foundIn(scenario: Scenario, full: boolean) {
  const [first] = explore(scenario, { states: 10_000, full }).violations;
  return first!;
}

test('a witness means the same whatever was visible to the search that found it', () => {
  const [reduced, complete] = [false, true].map((full) => foundIn(racing, full));
  expectReplay(racing, reduced!);
  expectReplay(racing, complete!);
  expect(encodeSchedule(reduced!.schedule)).toMatch(/x1/);
});

test('a witness that is cut short arrives at nothing', () => {
  const { schedule } = foundIn(racing, false);
  expect(schedule.length).toBeGreaterThan(1);
  expect(replay(racing, schedule.slice(0, -1))).toMatchObject({ problem: undefined, misfit: undefined });
});

test('another outcome of a choice is another execution', () => {
  const { schedule } = foundIn(racing, false);
  const other = schedule.map((turn) => ({ ...turn, choices: turn.choices.map(() => 0) }));
  expect(replay(racing, other).problem).toBeUndefined();
});

test('a schedule that goes on after its thread has returned does not fit, and says so', () => {
  const { problem, misfit } = replay(racing, [{ thread: 0, instructions: 100_000, choices: [] }]);
  expect(problem).toBeUndefined();
  expect(misfit).toMatch(/goes on after its thread has returned/);
});

test('a schedule that names a thread that is not there does not fit', () => {
  for (const thread of [2, 7]) {
    expect(replay(racing, [{ thread, instructions: 1, choices: [] }]).misfit).toBeDefined();
  }
});

test('a schedule that runs a thread through a lock that is held does not fit', () => {
  const waiting = scenarioOf({
    threads: ['one', 'two'],
    text: `int lock;
      void one(void) { spin_lock(&lock); spin_unlock(&lock); }
      void two(void) { spin_lock(&lock); spin_unlock(&lock); }`,
  });
  const schedule = [
    { thread: 0, instructions: 6, choices: [] },
    { thread: 1, instructions: 6, choices: [] },
  ];
  expect(replay(waiting, schedule).misfit).toBeDefined();
});

describe('the hash of a program', () => {
  const hash = (body: string) =>
    programHash(scenarioOf({ threads: ['t'], text: `int x, y; ${body}` }).program);
  const plain = hash('void t(void) { x = 1; }');

  test('does not depend on lines, comments and names of locals', () => {
    expect(hash('/* other */\n\nvoid t(void)\n{\n  x = 1;\n}')).toBe(plain);
    expect(hash('void t(void) { int a = x; y = a; }')).toBe(hash('void t(void) { int b = x; y = b; }'));
  });

  test.each([
    'void t(void) { x = 2; }',
    'void t(void) { y = 1; }',
    'void t(void) { x = 1; x = 1; }',
    'atomic void t(void) { x = 1; }',
    'int z = 1; void t(void) { x = 1 + z; }',
  ])('differs for %s', (body) => {
    expect(hash(body)).not.toBe(plain);
  });

  test('differs when a global begins with another value', () => {
    const begin = (value: number) => hash(`int z = ${value}; void t(void) { x = z; }`);
    expect(begin(1)).not.toBe(begin(2));
  });
});

test('a schedule that ends where its thread meets nobody any more finds nothing', () => {
  const text = 'void work(void) { int n; __yield(); n = 1; n = n + 1; n = n + 1; }';
  const scenario = scenarioOf({ threads: ['work'], text });
  for (let instructions = 1; instructions < 4; instructions++)
    expect(replay(scenario, [{ thread: 0, instructions, choices: [] }])).toMatchObject({
      problem: undefined,
      misfit: undefined,
    });
});
