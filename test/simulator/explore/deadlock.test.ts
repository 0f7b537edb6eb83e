import { expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { expectFound, scenarioOf } from './expect-found.js';

test('an assertion that only one interleaving breaks is found: two threads add without a lock', () => {
  const found = expectFound(
    {
      threads: ['add', 'add'],
      text: `
        int lock, x;
        void add(void)
        {
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          x = x + 1;
        #ifndef BROKEN
          spin_unlock(&lock);
        #endif
        }
        void check(void) { __assert(x == 2, "assertion", "an addition is lost"); }`,
      more: { finally: ['check'] },
    },
    'assertion',
  );
  expect(found).toMatchObject({ message: 'an addition is lost', preemptions: 1, cuts: false });
});

test('two locks taken in two orders are a deadlock, and taken in one order none', () => {
  const found = expectFound(
    {
      threads: ['first', 'second'],
      text: `
        int a, b;
        void both(int *one, int *two)
        {
          mutex_lock(one);
          mutex_lock(two);
          mutex_unlock(two);
          mutex_unlock(one);
        }
        void first(void) { both(&a, &b); }
        void second(void)
        {
        #ifdef BROKEN
          both(&b, &a);
        #else
          both(&a, &b);
        #endif
        }`,
    },
    'lock-order',
  );
  expect(found.preemptions).toBe(1);
});

test('a lock and a wait in a cycle are a deadlock', () => {
  expectFound(
    {
      threads: ['waiter', 'setter'],
      text: `
        int lock, done;
        void waiter(void)
        {
          mutex_lock(&lock);
        #ifndef BROKEN
          mutex_unlock(&lock);
        #endif
          __await_eq(&done, 1);
        #ifdef BROKEN
          mutex_unlock(&lock);
        #endif
        }
        void setter(void)
        {
          mutex_lock(&lock);
          done = 1;
          mutex_unlock(&lock);
        }`,
    },
    'lock-order',
  );
});

test('three threads in a circle of three locks are a deadlock', () => {
  const found = expectFound(
    {
      threads: ['one', 'two', 'three'],
      text: `
        int a, b, c;
        void both(int *first, int *second)
        {
          spin_lock(first);
          spin_lock(second);
          spin_unlock(second);
          spin_unlock(first);
        }
        void one(void) { both(&a, &b); }
        void two(void) { both(&b, &c); }
        void three(void)
        {
        #ifdef BROKEN
          both(&c, &a);
        #else
          both(&a, &c);
        #endif
        }`,
    },
    'lock-order',
  );
  // The second and the third stop by themselves, at a lock that is taken.
  expect(found.preemptions).toBe(1);
});

test('a reader that waits for a writer that waits for the reader is a deadlock, two readers are none', () => {
  expectFound(
    {
      threads: ['reader', 'other'],
      text: `
        int sem, lock;
        void reader(void)
        {
          down_read(&sem);
          mutex_lock(&lock);
          mutex_unlock(&lock);
          up_read(&sem);
        }
        void other(void)
        {
          mutex_lock(&lock);
        #ifdef BROKEN
          down_write(&sem);
          up_write(&sem);
        #else
          down_read(&sem);
          up_read(&sem);
        #endif
          mutex_unlock(&lock);
        }`,
    },
    'lock-order',
  );
});

test('a thread that alone waits for what never comes is told', () => {
  expectFound(
    {
      threads: ['waiter', 'setter'],
      text: `
        int set;
        void waiter(void) { __await_eq(&set, 2); }
        #ifdef BROKEN
        void setter(void) { set = 1; }
        #else
        void setter(void) { set = 2; }
        #endif`,
    },
    'lock-leak',
  );
});

const sleeper = (body: string) => `
  int done, awake = 1;
  void sleeper(void) { ${body} }
  void waker(void) { done = 1; awake = 1; }`;

test('a sleeper that looks before it is ready to be woken loses its wake-up', () => {
  const found = expectFound(
    {
      threads: ['sleeper', 'waker'],
      text: sleeper(`
        #ifdef BROKEN
          while (!done) { awake = 0; __sleep_ne(&awake, 0); }
        #else
          for (;;) { awake = 0; if (done) break; __sleep_ne(&awake, 0); }
        #endif
      `),
    },
    'lost-wakeup',
  );
  expect(found).toMatchObject({ function: 'sleeper', preemptions: 1, cuts: false });
});

test('a wake of one where two may go on leaves the other asleep', () => {
  expectFound(
    {
      threads: ['sleeper', 'sleeper', 'waker'],
      text: `
        int done, awake[2];
        void sleeper(void)
        {
          for (;;) {
            awake[__self()] = 0;
            if (done)
              break;
            __sleep_ne(&awake[__self()], 0);
          }
        }
        void waker(void)
        {
          done = 1;
          awake[0] = 1;
        #ifndef BROKEN
          awake[1] = 1;
        #endif
        }`,
    },
    'lost-wakeup',
  );
});

test('a sleeper whose reason to sleep is still there has lost no wake-up', () => {
  const scenario = scenarioOf({
    threads: ['sleeper'],
    text: sleeper('for (;;) { awake = 0; if (done) break; __sleep_ne(&awake, 0); }').replace(
      /void waker.*/,
      '',
    ),
  });
  const verdict = explore(scenario);
  expect(verdict.kind).toBe('violated');
  expect(verdict.violations.map(({ rule }) => rule)).toEqual(['lock-leak']);
});

test('a sleeper that, woken, breaks something did not go back to sleep: it has lost its wake-up', () => {
  expectFound(
    {
      threads: ['sleeper', 'waker'],
      text: `
        int done, awake = 1, *pointer;
        void sleeper(void)
        {
        #ifdef BROKEN
          if (!done) {
            awake = 0;
            __sleep_ne(&awake, 0);
            *pointer = 1;
          }
        #endif
        }
        void waker(void) { done = 1; }`,
    },
    'lost-wakeup',
  );
});
