import { expect, test } from 'vitest';
import type { Found } from '../../../simulator/index.js';
import {
  expectFound,
  expectHolds,
  expectNotAnalysed,
  expectReplay,
  exploreBoth,
  scenarioOf,
} from './expect-found.js';

/** One thread; `broken` and `repaired` are bodies of the same function. */
const alone = (broken: string, repaired: string) => ({
  threads: ['use', 'other'],
  text: `
    int a, b, sem, page, x;
    void use(void)
    {
    #ifdef BROKEN
      ${broken}
    #else
      ${repaired}
    #endif
    }
    void other(void) { spin_lock(&a); x = 1; spin_unlock(&a); }`,
});

test.each([
  [
    'an unlock of a lock that nobody holds',
    'mutex_unlock(&b);',
    'mutex_lock(&b); mutex_unlock(&b);',
    'wrong-unlock',
    /mutex is released by a thread that does not hold it/,
    'b',
  ],
  [
    'an unlock for writing of what is held for reading',
    'down_read(&sem); up_write(&sem);',
    'down_read(&sem); up_read(&sem);',
    'wrong-unlock',
    /released for writing, but it is held the other way/,
    'sem',
  ],
  [
    'an unlock for reading of what is held for writing',
    'down_write(&sem); up_read(&sem);',
    'down_write(&sem); up_write(&sem);',
    'wrong-unlock',
    /released for reading, but it is held the other way/,
    'sem',
  ],
  [
    'a lock that is still held at the end of a thread',
    'spin_lock(&a); if (x != 7) return; spin_unlock(&a);',
    'spin_lock(&a); if (x != 7) { spin_unlock(&a); return; } spin_unlock(&a);',
    'lock-leak',
    /returns with a lock held/,
    'a',
  ],
  [
    'a lock that its holder takes again',
    'spin_lock(&a); spin_lock(&a); spin_unlock(&a); spin_unlock(&a);',
    'spin_lock(&a); spin_unlock(&a); spin_lock(&a); spin_unlock(&a);',
    'recursive-lock',
    /a spinlock is taken by the thread that holds it/,
    'a',
  ],
  [
    'a semaphore that its reader takes for writing',
    'down_read(&sem); down_write(&sem); up_write(&sem); up_read(&sem);',
    'down_read(&sem); up_read(&sem); down_write(&sem); up_write(&sem);',
    'recursive-lock',
    /a rwsem is taken by the thread that holds it/,
    'sem',
  ],
  [
    'a mutex that is taken under a spinlock',
    'spin_lock(&a); mutex_lock(&b); mutex_unlock(&b); spin_unlock(&a);',
    'mutex_lock(&b); spin_lock(&a); spin_unlock(&a); mutex_unlock(&b);',
    'sleep-in-atomic',
    /sleeps inside a spinlock/,
    'spinlock',
  ],
  [
    'a page lock that is taken in an RCU section',
    'rcu_read_lock(); lock_page(&page); unlock_page(&page); rcu_read_unlock();',
    'lock_page(&page); rcu_read_lock(); rcu_read_unlock(); unlock_page(&page);',
    'sleep-in-atomic',
    /sleeps inside a RCU read section/,
    'RCU read section',
  ],
  [
    'a call that may sleep under a spinlock',
    'spin_lock(&a); __might_sleep(); spin_unlock(&a);',
    'mutex_lock(&b); __might_sleep(); mutex_unlock(&b);',
    'sleep-in-atomic',
    /sleeps inside a spinlock/,
    'spinlock',
  ],
  [
    'a grace period that is waited for in a reader section',
    'rcu_read_lock(); synchronize_rcu(); rcu_read_unlock();',
    'rcu_read_lock(); rcu_read_unlock(); synchronize_rcu();',
    'sleep-in-atomic',
    /sleeps inside a RCU read section/,
    'RCU read section',
  ],
  [
    'an RCU section that is left open',
    'rcu_read_lock(); rcu_read_lock(); rcu_read_unlock();',
    'rcu_read_lock(); rcu_read_lock(); rcu_read_unlock(); rcu_read_unlock();',
    'lock-leak',
    /returns with a lock held/,
    'reading',
  ],
])('%s is found', (_, broken, repaired, rule, message, object) => {
  const found = expectFound(alone(broken, repaired), rule);
  expect(found.message).toMatch(message);
  expect(found.object).toBe(object);
});

test('a lock of another thread is not for this one to release', () => {
  const found = expectFound(
    {
      threads: ['owner', 'other'],
      text: `
        int lock, taken;
        void owner(void)
        {
          spin_lock(&lock);
          taken = 1;
        #ifdef BROKEN
          __await_eq(&taken, 2);
        #endif
          spin_unlock(&lock);
        }
        void other(void)
        {
          __await_eq(&taken, 1);
        #ifdef BROKEN
          spin_unlock(&lock);
          taken = 2;
        #endif
        }`,
    },
    'wrong-unlock',
  );
  expect(found.thread).toBe(1);
});

test('a page lock may be released by whoever finishes the page, and then nobody holds it', () => {
  const text = `
    int page, io;
    void submit(void)
    {
      lock_page(&page);
      io = 1;
      __await_eq(&io, 2);
    }
    void complete(void)
    {
      __await_eq(&io, 1);
      unlock_page(&page);
      io = 2;
    }
    void after(void)
    {
      __await_eq(&io, 2);
      lock_page(&page);
      unlock_page(&page);
    }`;
  expectHolds(scenarioOf({ threads: ['submit', 'complete', 'after'], text }));
});

test('readers share a semaphore, a writer does not', () => {
  const found = expectFound(
    {
      threads: ['use', 'use'],
      text: `
        int sem, inside;
        void use(void)
        {
        #ifdef BROKEN
          down_read(&sem);
        #else
          down_write(&sem);
        #endif
          __assert(inside == 0, "assertion", "two are inside");
          inside = 1;
          inside = 0;
        #ifdef BROKEN
          up_read(&sem);
        #else
          up_write(&sem);
        #endif
        }`,
    },
    'assertion',
  );
  expect(found.preemptions).toBe(1);
});

test('a thread may hold ten locks; eleven are not analysed', () => {
  const take = (count: number) => ({
    threads: ['use'],
    text: `
      int lock[12];
      void use(void)
      {
        int n;
        for (n = 0; n < ${count}; n++)
          spin_lock(&lock[n]);
        while (n--)
          spin_unlock(&lock[n]);
      }`,
  });
  expectHolds(scenarioOf(take(10)));
  expectNotAnalysed(scenarioOf(take(11)), /more than 10 locks/);
});

test('who gives back a lock that only others take may come before they do, and after', () => {
  const text = `
    int page, x;
    void owner(void) { x = 1; lock_page(&page); __await_eq(&x, 2); }
    void other(void) { __await_eq(&x, 1); unlock_page(&page); x = 2; }
    void check(void) { __assert(x != 2, "assertion", "it was given back for the owner"); }`;
  const scenario = scenarioOf({ threads: ['owner', 'other'], text, more: { always: ['check'] } });
  for (const { violations } of exploreBoth(scenario)) {
    expect(new Set(violations.map(({ rule }) => rule))).toEqual(new Set(['wrong-unlock', 'assertion']));
    for (const violation of violations) expectReplay(scenario, violation);
  }
});

test('who only waits until a lock is free comes before the one that takes it, too', () => {
  for (const [take, drop, free] of [
    ['lock_page', 'unlock_page', '__await_eq(lock, 0)'],
    ['down_read', 'up_read', '__await_eq(lock, 0)'],
    ['down_write', 'up_write', '__await_ge(lock, 0)'],
  ] as const) {
    const found = expectFound(
      {
        threads: ['owner', 'waiter'],
        text: `
          int lock, x;
          atomic void wait_until_free(int *lock) { ${free}; }
          void owner(void)
          {
          #ifdef BROKEN
            x = 1;
          #endif
            ${take}(&lock);
            x = 1;
            x = 2;
            ${drop}(&lock);
          }
          void waiter(void)
          {
            __await_ne(&x, 0);
            wait_until_free(&lock);
            __assert(x != 1, "assertion", "the owner is not done");
          }`,
      },
      'assertion',
    );
    expect(found.message).toBe('the owner is not done');
  }
});

test('who reads, and waits then until nobody does, may find another that begins', () => {
  const text = `
    int sem, x;
    atomic void wait_until_free(int *lock) { __await_eq(lock, 0); }
    void use(void)
    {
      down_read(&sem);
      x = 1;
      x = 2;
      up_read(&sem);
      wait_until_free(&sem);
      __assert(x == 2, "assertion", "another has begun");
    }`;
  const scenario = scenarioOf({ threads: ['use', 'use'], text });
  for (const { violations } of exploreBoth(scenario)) {
    expect(violations).toMatchObject([{ message: 'another has begun' }]);
    expectReplay(scenario, violations[0] as Found);
  }
});
