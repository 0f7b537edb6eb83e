import { describe, expect, test } from 'vitest';
import { explore, type Scenario } from '../../../simulator/index.js';
import { readBaseline } from '../../../src/race/baseline.js';
import { breakCode } from '../../../src/race/break-code.js';
import { link } from '../../../src/race/link.js';
import { readCatalogue } from '../../../src/race/read.js';
import { scenarioOf } from './expect-found.js';
import { orbitsOf } from './orbits.js';
import { asScenario, randomProgram } from './random-locks.js';
import { randomOwn } from './random-own.js';
import { bothOf, bounds, expectAlike, sameCode, shared, signatures } from './same-code.js';

/** Races of the catalogue whose threads are alike, repaired and broken. */
const races = readCatalogue().flatMap((race) => {
  const baseline = readBaseline(race.era);
  const forms = [baseline, breakCode(baseline, race)].map((code) => link(race, code));
  const scenarios = forms.flatMap((form) => ('absent' in form ? [] : [form.scenario]));
  const bodies = race.threads.map(
    ({ fn }) => new RegExp(`void ${fn}\\(void\\)\\s*(\\{[^}]*\\})`).exec(race.text)?.[1],
  );
  return new Set(bodies).size < bodies.length ? [{ id: race.id, scenarios }] : [];
});

describe('threads of the catalogue that are alike', () => {
  test('there are some', () => {
    expect(races.length).toBeGreaterThan(8);
  });

  test.each(races)('$id: the states that are searched stand for all', ({ scenarios }) => {
    const [repaired] = scenarios as [Scenario];
    const orbits = orbitsOf(repaired);
    const apart = explore(repaired, { ...bounds, apart: true });
    if (orbits?.why !== undefined) return;
    expect(orbits?.standFor).toBe(apart.states);
    expect(orbits?.states).toBeLessThan(0.7 * apart.states);
  });

  test.each(races)('$id: told apart or not, the verdict is the same', ({ scenarios }) => {
    for (const scenario of scenarios) expectAlike(scenario);
  });
});

/** What may be done with an address of one's own memory, and does not tell who one is. */
const alike: [what: string, work: string][] = [
  ['stack objects in a list', 'struct node mine; push(&mine); pop()->n = 1;'],
  ['heap objects in a list', 'struct node *mine = __alloc(sizeof(*mine)); push(mine); __free(pop());'],
  ['an element of a row', 'OWN->n++; __await_eq(&OWN->n, 1); count++;'],
  ['addresses of elements', 'OWN->next = (struct own *)head; push((struct node *)OWN); pop();'],
  [
    'tags in small bits',
    'struct node mine; seen = (unsigned long)&mine | 1; count += seen & 3; seen &= ~1ul;',
  ],
  ['distances inside one object', 'struct node mine[4]; struct node *at = &mine[3]; count = at - mine;'],
  [
    'comparisons',
    'struct node mine; seen = (unsigned long)&mine; if (seen == 0 || seen > -4095ul) count = 9;',
  ],
  ['copies', 'struct node mine, copy; push(&mine); copy = mine; mine = copy; pop();'],
  ['anybody at all', 'OWN->n = 1; if (__any(&owns[0].n, sizeof(struct own))) count++; OWN->n = 0;'],
];

test.each(alike)('%s: threads stay alike', (_, work) => {
  for (const count of [2, 3]) {
    const scenario = sameCode(`${shared} void work(void) { ${work} }`, count);
    expectAlike(scenario);
    const apart = explore(scenario, { ...bounds, apart: true });
    const orbits = orbitsOf(scenario);
    expect(orbits?.why).toBeUndefined();
    expect(orbits?.standFor).toBe(apart.states);
    expect(orbits?.states).toBeLessThan(apart.states);
  }
});

test('random programs are judged alike', () => {
  const verdicts = Array.from({ length: 60 }, (_, n) => {
    const scenario = asScenario(randomProgram(2 * n + 1));
    expectAlike(scenario);
    const orbits = orbitsOf(scenario);
    const apart = explore(scenario, { ...bounds, apart: true });
    if (apart.kind === 'holds') expect(orbits).toMatchObject({ standFor: apart.states, why: undefined });
    return apart.kind;
  });
  expect(new Set(verdicts)).toEqual(new Set(['violated', 'holds']));
});

/** A sample in each run; FAULTLINE_OWN_PROGRAMS=400 takes five minutes. */
const programs = Number(process.env.FAULTLINE_OWN_PROGRAMS ?? 25);

test('random programs that pass addresses of their own memory on are judged alike', () => {
  const verdicts = new Set<string>();
  for (let seed = 0; seed < programs; seed++) {
    const scenario = randomOwn(seed);
    const apart = explore(scenario, { states: 20_000, full: false, apart: true });
    if (apart.bound !== 'complete') continue;
    expectAlike(scenario);
    const orbits = orbitsOf(scenario);
    if (apart.kind === 'holds') expect(orbits).toMatchObject({ standFor: apart.states, why: undefined });
    verdicts.add(apart.kind);
  }
  expect(verdicts).toEqual(new Set(['violated', 'holds']));
}, 900_000);

test('elements may begin where memory is told of by another chunk', () => {
  // The globals begin where a chunk that says what exists does, and each such chunk tells of 8 KiB.
  const text = `static char pad[8192 - sizeof(long) * 8]; ${shared} static struct node gone;
    atomic int first(void) { return !count++; }
    void work(void) { pad[0] = 1; OWN->n++; if (first()) __free(&gone); OWN->n--; }`;
  const scenario = sameCode(text, 3);
  expect(scenario.program.globals.find(({ name }) => name === 'owns')?.address).toBe(0x1_2000 - 64);
  expectAlike(scenario);
  expect(orbitsOf(scenario)?.standFor).toBe(explore(scenario, { ...bounds, apart: true }).states);
});

test('threads that go round and achieve nothing are told apart, and the livelock is found', () => {
  const scenario = sameCode(`${shared} static int turn;
    void work(void) { for (;;) { __yield(); turn = !turn; if (turn == 2) return; } }`);
  const [alike, apart] = bothOf(scenario);
  expect([...signatures(alike)]).toEqual([expect.stringContaining('livelock')]);
  expect(alike).toEqual(apart);
});

test('of several that sleep for ever, each is told of', () => {
  const scenario = sameCode(
    `${shared} static int never;
    void one(void) { __sleep_ne(&never, 0); } void other(void) { __sleep_ne(&never, 0); }
    atomic int first(void) { return !count++; }
    void work(void) { if (first()) one(); else other(); }`,
  );
  expectAlike(scenario);
  expect(signatures(explore(scenario, bounds)).size).toBe(2);
});

test('a lock of one’s own guards nothing that others change', () => {
  const text = `${shared}
    void work(void) { int now; __yield(); spin_lock(&OWN->n); now = count; count = now + 1; spin_unlock(&OWN->n); }
    void both(void) { __assert(count == 2, "assertion", "one is not counted"); }`;
  const scenario = sameCode(text, 2, { finally: ['both'] });
  expectAlike(scenario);
  expect(explore(scenario, bounds).violations).toMatchObject([{ message: 'one is not counted' }]);
});

test('threads with other code, or with other constants, are not alike', () => {
  const text = 'static int x; void a(void) { x = 1; } void b(void) { x = 2; }';
  expect(orbitsOf(scenarioOf({ threads: ['a', 'b'], text }))).toBeUndefined();
});
