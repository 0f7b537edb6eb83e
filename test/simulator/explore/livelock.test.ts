import { expect, test } from 'vitest';
import { explore, type Found } from '../../../simulator/index.js';
import { expectFound, expectHolds, expectReplay, exploreBoth, scenarioOf } from './expect-found.js';

test('two threads that back off from each other for ever are a livelock', () => {
  expectFound(
    {
      threads: ['one', 'two'],
      text: `
        int a, b;
        void both(int *first, int *second)
        {
          for (;;) {
            spin_lock(first);
        #ifdef BROKEN
            if (spin_trylock(second))
              break;
            spin_unlock(first);
        #else
            spin_lock(second);
            break;
        #endif
          }
          spin_unlock(second);
          spin_unlock(first);
        }
        void one(void) { both(&a, &b); }
        void two(void)
        {
        #ifdef BROKEN
          both(&b, &a);
        #else
          both(&a, &b);
        #endif
        }`,
    },
    'livelock',
  );
});

test('a retry that each time lets somebody else come nearer to the end is no livelock', () => {
  expectHolds(
    scenarioOf({
      threads: ['add', 'add', 'add'],
      text: `
        int x;
        atomic int replace(int old, int new)
        {
          if (x != old)
            return 0;
          x = new;
          return 1;
        }
        void add(void)
        {
          int old;
          do
            old = x;
          while (!replace(old, old + 1));
        }`,
    }),
  );
});

test('spinning until another thread has run is no livelock: the other can run, and will', () => {
  expectHolds(
    scenarioOf({
      threads: ['spin', 'set'],
      text: `
        int go;
        void spin(void) { while (!go) __yield(); }
        void set(void) { go = 1; }`,
    }),
  );
});

test('who waits for a lock that is free again and again gets it: no livelock', () => {
  expectHolds(
    scenarioOf({
      threads: ['poll', 'set'],
      text: `
        int lock, go;
        void poll(void)
        {
          int seen = 0;
          while (!seen) {
            spin_lock(&lock);
            seen = go;
            spin_unlock(&lock);
          }
        }
        void set(void)
        {
          spin_lock(&lock);
          go = 1;
          spin_unlock(&lock);
        }`,
    }),
  );
});

test('a lock that is kept while its holder and a third go round is a livelock, though it was free before', () => {
  const found = expectFound(
    {
      threads: ['poll', 'stop', 'toggle'],
      text: `
        int lock, go = 1, stop_it;
        void poll(void)
        {
          do {
            mutex_lock(&lock);
        #ifdef BROKEN
            while (!go)
              ;
        #endif
            mutex_unlock(&lock);
          } while (!stop_it);
        }
        void stop(void)
        {
          mutex_lock(&lock);
          stop_it = 1;
          mutex_unlock(&lock);
        }
        void toggle(void)
        {
          while (!stop_it) {
            go = 0;
            go = 1;
          }
        }`,
    },
    'livelock',
  );
  expect(found.cuts).toBe(false);
});

test('a loop in which something is inserted, removed or returned again and again is no livelock', () => {
  const text = (progress: string) => `
    int x;
    void round(void) { for (;;) { x = 1; x = 0; ${progress} } }`;
  const [without, withProgress] = ['', '__progress();'].map((progress) =>
    explore(scenarioOf({ threads: ['round', 'round'], text: text(progress) })),
  );
  expect(without?.violations.map(({ rule }) => rule)).toEqual(['livelock']);
  expect(withProgress).toMatchObject({ kind: 'holds', bound: 'complete', violations: [] });
});

test('a step that does not change anything, repeated, is a livelock that replays', () => {
  const scenario = scenarioOf({
    threads: ['spin'],
    text: 'int go; void spin(void) { while (!go) __yield(); }',
  });
  for (const full of [false, true]) {
    const { violations } = explore(scenario, { states: 1000, full });
    expect(violations.map(({ rule }) => rule)).toEqual(['livelock']);
    expectReplay(scenario, violations[0]!);
  }
});

test('the witness of a livelock in which sleepers on queues of stack objects go round replays', () => {
  const scenario = scenarioOf({
    threads: ['sleeper', 'waker'],
    text: `
      int *queue, done, lock;
      void wait(void)
      {
        int awake = 0;
        spin_lock(&lock);
        queue = &awake;
        spin_unlock(&lock);
        __sleep_ne(&awake, 0);
        spin_lock(&lock);
        queue = NULL;
        spin_unlock(&lock);
      }
      void sleeper(void) { while (!done) wait(); }
      void waker(void)
      {
        for (;;) {
          spin_lock(&lock);
          if (queue)
            *queue = 1;
          spin_unlock(&lock);
        }
      }`,
  });
  for (const full of [false, true]) {
    const { kind, violations } = explore(scenario, { states: 10_000, full });
    expect(kind).toBe('violated');
    expect(violations.map(({ rule }) => rule)).toEqual(['livelock']);
    expectReplay(scenario, violations[0]!);
  }
});

test('without a complete search no livelock is told, and none is denied', () => {
  const text = 'int x, y; void round(void) { for (;;) { x = (x + 1) & 7; y = x; } }';
  const scenario = scenarioOf({ threads: ['round', 'round'], text });
  const verdict = explore(scenario, { states: 100, full: false });
  expect(verdict.kind).toBe('holds');
  expect(verdict.bound).not.toBe('complete');
});

test('what others do while somebody chooses for ever is looked at', () => {
  const text = `
    int x;
    void chooser(void) { int n = 0; x = 1; for (;;) if (__choose(2)) n = !n; }
    void other(void) { __await_eq(&x, 1); __assert(0, "assertion", "the other comes as far as this"); }`;
  const scenario = scenarioOf({ threads: ['chooser', 'other'], text });
  for (const verdict of exploreBoth(scenario)) {
    expect(verdict.violations).toMatchObject([{ message: 'the other comes as far as this' }]);
    expectReplay(scenario, verdict.violations[0] as Found);
  }
});

test('a witness comes round, too, where a thread forgets that others once knew its stack', () => {
  const text = `
    unsigned long seen;
    int never;
    void go_round(void) { int mine = 0; seen = (unsigned long)&mine; while (!never) __yield(); never = 0; }`;
  const scenario = scenarioOf({ threads: ['go_round', 'go_round'], text });
  for (const { violations } of exploreBoth(scenario)) {
    expect(violations).toMatchObject([{ rule: 'livelock' }]);
    expectReplay(scenario, violations[0] as Found);
  }
});
