import { describe, expect, test } from 'vitest';
import { cost, Frontier, preemptionsOf, stepsOf, switchesOf } from '../../../simulator/explore/frontier.js';
import { explore } from '../../../simulator/index.js';
import { AllInterleavings, simplerFirst } from './all-interleavings.js';
import { scenarioOf } from './expect-found.js';

const programs: [name: string, threads: string[], text: string][] = [
  [
    'a lost addition',
    ['add', 'add'],
    `int x, done;
     void add(void) { x = x + 1; done = done + 1; __assert(done < 2 || x == 2, "assertion", "lost"); }`,
  ],
  [
    'three threads that must alternate',
    ['a', 'b', 'c'],
    `int x;
     void a(void) { x = 1; __assert(x != 3, "assertion", "three"); }
     void b(void) { if (x == 1) x = 2; }
     void c(void) { if (x == 2) x = 3; }`,
  ],
  [
    'a look, two changes and a look',
    ['look', 'change'],
    `int x, y;
     void look(void)
     {
       int before = x;
       int between = y;
       __assert(!(before == 0 && between == 1 && x == 2), "warning", "both changes");
       __assert(!(before == 0 && between == 1), "assertion", "one change");
     }
     void change(void) { x = 1; y = 1; x = 2; }`,
  ],
  [
    'a yield that makes a switch free',
    ['one', 'two'],
    `int x;
     void one(void) { x = 1; __yield(); __assert(x == 1, "assertion", "changed"); x = 3; }
     void two(void) { if (x == 1) x = 2; else if (x == 3) __warn("late"); }`,
  ],
  [
    'choices at the beginning, before any other access',
    ['one', 'two'],
    `int x;
     void one(void) { int by = __choose(2); x = x + by; }
     void two(void) { int by = __choose(3); x = x + by; __assert(x != 3, "assertion", "three"); }`,
  ],
  [
    'choices in the middle',
    ['one', 'two'],
    `int x;
     void one(void) { x = 1; if (__choose(2)) x = 2; }
     void two(void) { int seen = x; __assert(!(seen == 1 && x == 2), "assertion", "seen both"); }`,
  ],
  [
    'locks: blocking is no preemption',
    ['one', 'two'],
    `int lock, x;
     void one(void) { spin_lock(&lock); x = 1; spin_unlock(&lock); spin_lock(&lock); x = 0; spin_unlock(&lock); }
     void two(void) { spin_lock(&lock); __assert(x == 0, "assertion", "between"); spin_unlock(&lock); }`,
  ],
  [
    'a sleeper that is woken',
    ['sleep', 'wake'],
    `int awake, x;
     void sleep(void) { x = 1; __sleep_ne(&awake, 0); __assert(x == 1, "assertion", "changed in sleep"); }
     void wake(void) { awake = 1; if (x == 1) x = 2; }`,
  ],
];

describe.each(programs)('%s', (_, threads, text) => {
  const scenario = scenarioOf({ threads, text });
  const all = [...new AllInterleavings(scenario).simplest.values()].sort(simplerFirst);

  test('is violated in the simplest way there is, as all interleavings one by one show', () => {
    expect(all.length).toBeGreaterThan(0);
    const { violations } = explore(scenario, { states: 100_000, full: true });
    const found = violations.map(({ rule, preemptions, switches, steps }) => {
      return { rule, preemptions, switches, steps };
    });
    expect(found).toHaveLength(all.length);
    expect(new Map(found.map((one) => [one.rule, one]))).toEqual(new Map(all.map((one) => [one.rule, one])));
    expect([...found].sort(simplerFirst).map(({ preemptions }) => preemptions)).toEqual(
      found.map(({ preemptions }) => preemptions),
    );
  });

  test('is violated with as few preemptions when points are left out', () => {
    const { violations } = explore(scenario, { states: 100_000, full: false });
    expect(violations.map(({ rule, preemptions }) => `${rule} ${preemptions}`).sort()).toEqual(
      all.map(({ rule, preemptions }) => `${rule} ${preemptions}`).sort(),
    );
  });

  test('is violated under a budget only where the bound says so, and never denied below it', () => {
    const { states } = explore(scenario, { states: 100_000, full: true });
    for (let budget = 1; budget <= states; budget++) {
      const { kind, bound, violations, why } = explore(scenario, { states: budget, full: true });
      expect(kind === 'holds' && bound === 'complete', `${budget} states`).toBe(false);
      const within = bound === 'complete' ? Number.POSITIVE_INFINITY : bound.preemptions;
      const due = all.filter(({ preemptions }) => preemptions <= within).map(({ rule }) => rule);
      expect(violations.map(({ rule }) => rule)).toEqual(expect.arrayContaining(due));
      if (within < 0 && violations.length === 0) expect(kind).toBe('not-analysed');
      if (kind === 'not-analysed') expect(why).not.toEqual([]);
    }
  });
});

test('a cost keeps its three parts apart, and compares as they do', () => {
  const parts = [
    [0, 0, 1],
    [0, 1, 0],
    [0, 65_535, 1_048_575],
    [1, 0, 0],
    [3, 2, 1],
  ] as const;
  const values = parts.map(([p, s, n]) => cost(p, s, n));
  expect(values.map((value) => [preemptionsOf(value), switchesOf(value), stepsOf(value)])).toEqual(parts);
  expect([...values].sort((a, b) => a - b)).toEqual(values);
});

test('the frontier gives nodes in the order of their costs', () => {
  const frontier = new Frontier();
  const values = Array.from({ length: 200 }, (_, n) => (n * 7919) % 61);
  values.forEach((value, node) => {
    frontier.push(node, value);
  });
  const order: number[] = [];
  for (let node = frontier.pop(); node !== undefined; node = frontier.pop())
    order.push(values[node] as number);
  expect(order).toEqual([...values].sort((a, b) => a - b));
  expect(frontier.cheapest).toBeUndefined();
});
