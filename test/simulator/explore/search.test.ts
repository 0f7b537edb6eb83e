import { describe, expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { expectFound, expectHolds, exploreBoth, scenarioOf } from './expect-found.js';
import { smallProgram } from './small-program.js';

const text = `
  int lock, x, y, *list;
  void one(void)
  {
    int *node = __alloc(8);
    spin_lock(&lock);
    list = node;
    spin_unlock(&lock);
    x = x + __choose(2);
    spin_lock(&lock);
    list = NULL;
    spin_unlock(&lock);
    __free(node);
  }
  void two(void)
  {
    int *node;
    spin_lock(&lock);
    node = list;
    spin_unlock(&lock);
    if (node)
      *node = x;
    y = x;
  }`;
const scenario = scenarioOf({ threads: ['one', 'two', 'two'], text });

test('the same scenario has the same verdict, to the last byte, however often and with whatever in between', () => {
  for (const full of [false, true]) {
    for (const states of [20, 200, 100_000]) {
      const first = JSON.stringify(explore(scenario, { states, full }));
      exploreBoth(scenarioOf({ threads: ['two', 'two'], text }));
      expect(JSON.stringify(explore(scenario, { states, full }))).toBe(first);
    }
  }
});

test('a program that is compiled again has the same verdict', () => {
  const again = scenarioOf({ threads: ['one', 'two', 'two'], text });
  expect(explore(again)).toEqual(explore(scenario));
});

test('steps that are taken for known change nothing', () => {
  for (const full of [false, true]) {
    const known = explore(scenario, { states: 100_000, full });
    expect(explore(scenario, { states: 100_000, full, anew: true })).toEqual(known);
    expect(known.violations.map(({ rule }) => rule)).toContain('use-after-free');
  }
});

test('the search goes on past a violation, and tells each once', () => {
  const two = `
    int *a, *b, x;
    void one(void) { x = 1; *a = 1; }
    void two(void) { x = 2; *b = 1; }`;
  for (const { violations } of exploreBoth(scenarioOf({ threads: ['one', 'two', 'one'], text: two })))
    expect(violations.map(({ signature }) => signature).sort()).toEqual([
      'null-dereference - one',
      'null-dereference - two',
    ]);
});

describe('a choice', () => {
  test('has every outcome, and every combination with those of others', () => {
    const chosen = `
      int seen[9];
      void one(void) { seen[__self()] = __choose(3); }
      void check(void) { if (seen[0] == 2 && seen[1] == 1) __warn("this one, too"); }`;
    for (const verdict of exploreBoth(
      scenarioOf({ threads: ['one', 'one'], text: chosen, more: { finally: ['check'] } }),
    )) {
      expect(verdict.terminals).toBe(9);
      expect(verdict.violations.map(({ rule }) => rule)).toEqual(['warning']);
    }
  });

  test('of one is none', () => {
    expectHolds(
      scenarioOf({
        threads: ['one'],
        text: 'void one(void) { __assert(__choose(1) == 0, "assertion", "one outcome"); }',
      }),
    );
  });
});

describe('an atomic function', () => {
  test('shows nobody its middle', () => {
    expectFound(
      {
        threads: ['change', 'look'],
        text: `
          int x, y;
        #ifndef BROKEN
          atomic
        #endif
          void both(void) { x = x + 1; y = y + 1; }
          atomic void same(void) { __assert(x == y, "assertion", "the middle is seen"); }
          void change(void) { both(); }
          void look(void) { same(); }`,
      },
      'assertion',
    );
  });

  test('that waits, waits as a whole', () => {
    expectHolds(
      scenarioOf({
        threads: ['wait', 'set'],
        text: `
          int go, x;
          atomic void take(void) { __await_eq(&go, 1); __assert(x == 1, "assertion", "too early"); }
          void wait(void) { take(); }
          void set(void) { x = 1; go = 1; }`,
      }),
    );
  });
});

test('a lock that two threads take in turn hides what it protects: fewer states, the same ends', () => {
  const counting = `
    int lock, x;
    void add(void)
    {
      int n;
      for (n = 0; n < 2; n++) {
        spin_lock(&lock);
        x = x + 1;
        spin_unlock(&lock);
      }
    }
    void check(void) { __assert(x == 4, "assertion", "lost"); }`;
  const [reduced, full] = exploreBoth(
    scenarioOf({ threads: ['add', 'add'], text: counting, more: { finally: ['check'] } }),
  );
  expect(reduced?.states).toBeLessThan(full!.states / 2);
  expect(reduced?.terminals).toBe(full?.terminals);
});

test('a word that loses its lock late in the search makes it begin again, and what was hidden is found', () => {
  const found = expectFound(
    {
      threads: ['rounds', 'rounds', 'late'],
      text: `
        int lock, x, round;
        void rounds(void)
        {
          int n;
          for (n = 0; n < 9; n++) {
            spin_lock(&lock);
            round = round + 1;
            x = 1;
            x = 0;
            spin_unlock(&lock);
          }
        }
        void late(void)
        {
          int seen;
          spin_lock(&lock);
          seen = round;
        #ifdef BROKEN
          spin_unlock(&lock);
        #endif
          if (seen == 13)
            __assert(x == 0, "assertion", "what a hold changes for a moment is seen");
        #ifndef BROKEN
          spin_unlock(&lock);
        #endif
        }`,
    },
    'assertion',
  );
  expect(found).toMatchObject({ function: 'late', preemptions: 3 });
});

test('threads that go on and on are not run to their end in every state', () => {
  const walk = Array.from({ length: 120 }, (_, n) => `__yield(); walked = ${n};`).join(' ');
  const text = `
static int walked;
void walker(void) { ${walk} }
void spins(void) { int n; __yield(); n = walked; for (;;) n++; }
`;
  const verdict = explore(smallProgram(text, ['walker', 'spins']), { states: 9000, full: false });
  expect(verdict).toMatchObject({ kind: 'not-analysed', bound: { preemptions: -1 } });
  expect(verdict.why).toEqual(['spins() runs more than 400000 instructions without a scheduling point']);
});

test('what was found before a search is given up is told', () => {
  const walk = Array.from({ length: 120 }, (_, n) => `__yield(); walked = ${n};`).join(' ');
  const text = `
static int walked, *nowhere;
void walker(void) { ${walk} }
void spins(void) { int n; __yield(); n = walked; if (n < 2) *nowhere = n; for (;;) n++; }
`;
  const verdict = explore(smallProgram(text, ['walker', 'spins']), { states: 9000, full: false });
  expect(verdict).toMatchObject({ kind: 'violated', violations: [{ rule: 'null-dereference' }] });
  expect(verdict.why).toEqual(['spins() runs more than 400000 instructions without a scheduling point']);
});

test('a thread that waits for a word is no endless one because others take long to write it', () => {
  const walk = Array.from({ length: 40 }, (_, n) => `__yield(); walked = ${n};`).join(' ');
  const text = `
static int walked, ready;
void walker(void) { ${walk} ready = 1; }
void waits(void) { while (!ready) ; }
`;
  const verdict = explore(smallProgram(text, ['waits', 'walker']), { states: 9000, full: false });
  expect(verdict).toMatchObject({ kind: 'holds', bound: 'complete' });
});
