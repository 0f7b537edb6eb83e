import { describe, expect, test } from 'vitest';
import { explore, replay, type Scenario } from '../../../simulator/index.js';
import { Likeness } from '../../../simulator/vm/likeness.js';
import { readBaseline } from '../../../src/race/baseline.js';
import { breakCode } from '../../../src/race/break-code.js';
import { link } from '../../../src/race/link.js';
import { readCatalogue } from '../../../src/race/read.js';
import { scenarioOf } from './expect-found.js';
import { orbitsOf } from './orbits.js';
import { asScenario, randomProgram } from './random-locks.js';
import { randomOwn } from './random-own.js';

const bounds = { states: 400_000, full: false };

/** The verdict on threads that are alike, and on the same threads told apart. */
function bothOf(scenario: Scenario) {
  return [false, true].map((apart) => explore(scenario, { ...bounds, apart })) as [Verdict, Verdict];
}
type Verdict = ReturnType<typeof explore>;

const signatures = ({ violations }: Verdict) => new Set(violations.map(({ signature }) => signature));

/** What each violation costs: an exchange of threads makes no interleaving simpler. */
const costs = ({ violations }: Verdict) =>
  new Map(violations.map((one) => [one.signature, [one.preemptions, one.switches, one.steps]]));

function expectAlike(scenario: Scenario): void {
  const [alike, apart] = bothOf(scenario);
  expect(alike.bound).toBe('complete');
  expect([alike.kind, alike.bound, alike.why]).toEqual([apart.kind, apart.bound, apart.why]);
  expect(signatures(alike)).toEqual(signatures(apart));
  expect(costs(alike)).toEqual(costs(apart));
  for (const { schedule, rule, message, object } of alike.violations)
    expect(replay(scenario, schedule).problem).toMatchObject({ rule, message, object });
}

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

/** Two or three threads that run the same code, each with what it needs. */
function sameCode(text: string, count = 2, more: Partial<Scenario> = {}): Scenario {
  const names = Array.from({ length: count }, (_, n) => `run_${n}`);
  const threads = names.map((name) => `void ${name}(void) { work(); }`).join('\n');
  return scenarioOf({ threads: names, text: `${text}\n${threads}`, more });
}

/** Memory of its own for each thread, and a list that all put something of theirs into. */
const shared = `
struct own { int n; struct own *next; char rest[48]; };
struct own owns[9];
#define OWN ((struct own *)__own(owns, sizeof(struct own)))
struct node { struct node *next; int n; };
static struct node *head;
static unsigned long seen;
static int count, lock;
atomic void push(struct node *node) { node->next = head; head = node; }
atomic struct node *pop(void) { struct node *node = head; if (node) head = node->next; return node; }
`;

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

/** What says who one is, or could. */
const different: [what: string, work: string, why: RegExp][] = [
  ['who asks for his number', 'count = __self();', /__self/],
  ['who calculates with an address', 'struct node mine; seen = (unsigned long)&mine >> 4;', /shr/],
  ['who multiplies one', 'struct node mine; seen = (unsigned long)&mine * 3;', /mul/],
  ['who inverts one', 'struct node mine; seen = ~(unsigned long)&mine;', /becomes something else/],
  [
    'who cuts one',
    'struct node mine; count = (unsigned char)(unsigned long)&mine;',
    /becomes something else/,
  ],
  ['who reads a part of one', 'struct node mine, *at = &mine; count = *(unsigned char *)&at;', /in part/],
  [
    'who writes a part of one',
    'struct node mine; seen = (unsigned long)&mine; *(char *)&seen = 0;',
    /in part/,
  ],
  [
    'who compares two of different threads',
    'struct node mine, *old = head; head = &mine; if (old < &mine) count++; head = 0;',
    /lt with/,
  ],
  [
    'who measures from one to another',
    'struct node mine, *old = head; head = &mine; if (old) count = (char *)old - (char *)&mine; head = 0;',
    /sub with/,
  ],
  ['who goes on to the next element', 'struct own *at = OWN + 1; at->n = 1;', /add with/],
  ['who names the first element', 'OWN->n = 1; owns[0].n = 2;', /names the memory/],
  ['a number that would be an address', 'seen = 0x710010; count = (int)seen;', /names the memory/],
  ['a sum that would be an address', 'seen += 0x389000; count = seen > 5;', /add with/],
  [
    'elements that are too small',
    'static int small[9]; *(int *)__own(small, sizeof(int)) = 1;',
    /share memory/,
  ],
  ['an array that is none', 'count = __own(head, 64) != 0;', /no such array/],
  ['elements of two sizes', '*(int *)__own(owns, 128) = 1; OWN->n = 1;', /share memory/],
];

test.each(different)('%s is told apart', (_, work, why) => {
  const scenario = sameCode(`${shared} void work(void) { ${work} }`);
  expect(orbitsOf(scenario)?.why).toMatch(why);
  const [alike, apart] = bothOf(scenario);
  expect({ ...alike, unknown: [] }).toEqual({ ...apart, unknown: [] });
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

test('a number from before the threads began that would be an address tells them apart', () => {
  const text = `${shared} void start(void) { seen = 0x710000; seen += 16; } void work(void) { count++; }`;
  expect(orbitsOf(sameCode(text, 2, { start: 'start' }))?.why).toMatch(/in part/);
});

test('nobody has more arrays of elements than a few', () => {
  const likeness = new Likeness([0, 1]);
  for (let n = 0; n < 20; n++) likeness.addRow(0x1_0000 + n * 1024, 64);
  expect(likeness.rows).toHaveLength(16);
  expect(likeness.why).toMatch(/no such array/);
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
