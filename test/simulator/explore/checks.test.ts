import { describe, expect, test } from 'vitest';
import { explore, type Scenario } from '../../../simulator/index.js';
import {
  expectFound,
  expectHolds,
  expectNotAnalysed,
  expectReplay,
  exploreBoth,
  scenarioOf,
} from './expect-found.js';

const always: Partial<Scenario> = { always: ['check'] };

describe('a condition that always holds', () => {
  test('may be broken while its lock is held, and not when the lock is free', () => {
    expectFound(
      {
        threads: ['change', 'change'],
        more: always,
        text: `
          int lock, x, y;
          void change(void)
          {
            spin_lock(&lock);
            x = x + 1;
          #ifdef BROKEN
            spin_unlock(&lock);
            spin_lock(&lock);
          #endif
            y = y + 1;
            spin_unlock(&lock);
          }
          void check(void)
          {
            if (__held(&lock))
              return;
            __assert(x == y, "assertion", "x and y differ");
          }`,
      },
      'assertion',
    );
  });

  test('is told of whoever broke it, though others come to the same state', () => {
    const text = `
      int a, b;
      void one(void) { __yield(); a = 1; __yield(); }
      void other(void) { __yield(); b = 1; __yield(); }
      void check(void) { __assert(!a || !b, "assertion", "both are set"); }`;
    const scenario = scenarioOf({ threads: ['one', 'other'], more: always, text });
    for (const { violations } of exploreBoth(scenario)) {
      expect(violations.map((one) => [one.function, one.switches]).sort()).toEqual([
        ['one', 1],
        ['other', 1],
      ]);
      for (const violation of violations) expectReplay(scenario, violation);
    }
  });

  test('may be broken by threads that meet no point, as long as nobody knows that others look', () => {
    const text = `
      int a, b;
      void one(void) { a = 1; }
      void other(void) { b = 1; }
      void check(void) { __assert(!a || !b, "assertion", "both are set"); }`;
    const scenario = scenarioOf({ threads: ['one', 'other'], more: always, text });
    for (const { kind, why } of exploreBoth(scenario)) expect([kind, why]).toEqual(['violated', []]);
  });

  test('is looked at between two holds of a lock that one thread alone takes', () => {
    for (const [take, drop] of [
      ['spin_lock(&lock);', 'spin_unlock(&lock);'],
      ['if (spin_trylock(&lock)) {', 'spin_unlock(&lock); }'],
      ['down_write(&lock);', 'up_write(&lock);'],
    ] as const) {
      expectFound(
        {
          threads: ['change'],
          more: always,
          text: `
            int lock, x;
            void change(void)
            {
              ${take}
              x = 1;
            #ifdef BROKEN
              ${drop}
              ${take}
            #endif
              x = 0;
              ${drop}
            }
            void check(void) { if (!__held(&lock)) __assert(x == 0, "assertion", "x is seen"); }`,
        },
        'assertion',
      );
    }
  });

  test('that names two locks is looked at where both are free', () => {
    const text = (second: string) => `
      int a, b, x;
      void change(void)
      {
        spin_lock(&a);
        x = 1;
        spin_unlock(&a);
        spin_lock(&b);
        x = 0;
        spin_unlock(&b);
      }
      void other(void) { spin_lock(&b); spin_unlock(&b); }
      void check(void) { if (!__held(&a) && !__held(&${second})) __assert(x == 0, "assertion", "seen"); }`;
    for (const second of ['a', 'b']) {
      const scenario = scenarioOf({ threads: ['change', 'other'], more: always, text: text(second) });
      for (const { violations } of exploreBoth(scenario))
        expect(violations.map(({ rule }) => rule)).toEqual(['assertion']);
    }
  });

  test('without a lock makes what it reads visible', () => {
    expectFound(
      {
        threads: ['change'],
        more: always,
        text: `
          int x;
          void change(void)
          {
          #ifdef BROKEN
            x = 1;
          #endif
            x = 0;
          }
          void check(void) { __assert(x == 0, "assertion", "x is seen"); }`,
      },
      'assertion',
    );
  });

  test('that is broken before any thread ran is the fault of the set-up: not analysed', () => {
    const text = `
      int x;
      void start(void) { x = 1; }
      void change(void) { x = 0; }
      void check(void) { __assert(x == 0, "assertion", "x is seen"); }`;
    const more = { ...always, start: 'start' };
    expectNotAnalysed(scenarioOf({ threads: ['change'], text, more }), /before any interleaving: x is seen/);
  });

  test('is as true on the other side of a thread that never runs', () => {
    const text = `
      int x;
      void change(void) { __await_eq(&x, 1); x = 2; }
      void starter(void) { x = 1; }
      void check(void) { __assert(x != 2, "assertion", "x is two"); }`;
    for (const { violations } of exploreBoth(
      scenarioOf({ threads: ['change', 'starter'], text, more: always }),
    ))
      expect(violations[0]).toMatchObject({ rule: 'assertion', preemptions: 0 });
  });
});

describe('a check of the end', () => {
  test('runs when every thread has returned, and only then', () => {
    const text = `
      int x;
      void one(void) { x = 1; x = 0; }
      void check(void) { __assert(x == 0, "assertion", "x is left"); }`;
    expectHolds(scenarioOf({ threads: ['one', 'one'], text, more: { finally: ['check'] } }));
  });

  test('is told with a witness, and hides nothing that another end shows', () => {
    const text = `
      int x, y;
      void one(void) { x = 1; y = 1; }
      void two(void) { x = 2; y = 2; }
      void check(void)
      {
        __assert(!(x == 1 && y == 2), "assertion", "mixed one way");
        __assert(!(x == 2 && y == 1), "warning", "mixed the other way");
      }`;
    const scenario = scenarioOf({ threads: ['one', 'two'], text, more: { finally: ['check'] } });
    for (const { violations } of exploreBoth(scenario)) {
      expect(violations.map(({ rule }) => rule).sort()).toEqual(['assertion', 'warning']);
      expect(violations.map(({ cuts }) => cuts)).toEqual([false, false]);
    }
  });
});

describe('a set-up', () => {
  test('that breaks something is not analysed', () => {
    const text = 'int *p; void start(void) { *p = 1; } void one(void) { }';
    const scenario = scenarioOf({ threads: ['one'], text, more: { start: 'start' } });
    expectNotAnalysed(scenario, /the set-up fails: a NULL pointer is dereferenced/);
  });

  test('that waits for what never comes is not analysed', () => {
    const text = 'int x; void start(void) { __await_eq(&x, 1); } void one(void) { }';
    const scenario = scenarioOf({ threads: ['one'], text, more: { start: 'start' } });
    expectNotAnalysed(scenario, /waits for something that never comes/);
  });

  test('that does not exist is not analysed', () => {
    const scenario = scenarioOf({ threads: ['one'], text: 'void one(void) { }' });
    expectNotAnalysed({ ...scenario, start: 'nowhere' }, /there is no function nowhere\(\)/);
    expectNotAnalysed(
      { ...scenario, threads: [{ name: 'x', fn: 'nowhere' }] },
      /there is no function nowhere\(\)/,
    );
  });
});

test('assumptions and functions that were executed are told with the verdict, others are not', () => {
  const text = `
    int x;
    void trusted(void) { __assume("the caller holds the lock"); }
    void never(void) { __assume("never"); }
    void one(void) { if (x) never(); else trusted(); }`;
  const verdict = explore(scenarioOf({ threads: ['one'], text }));
  expect(verdict.assumptions).toEqual(['the caller holds the lock']);
  expect(verdict.entered).toContain('trusted');
  expect(verdict.entered).not.toContain('never');
});

test('a call to a function that nobody has is told, and where its value decides nothing is judged', () => {
  const call = (body: string) => scenarioOf({ threads: ['one'], text: `int x; void one(void) { ${body} }` });
  expect(explore(call('nobody(); x = 1;'))).toMatchObject({ kind: 'holds', unknown: ['nobody'] });
  expectNotAnalysed(call('if (nobody()) x = 1;'), /nobody\(\) is not modelled and its result is used/);
});
