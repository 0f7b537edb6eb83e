import { expect, test } from 'vitest';
import { expectFound, expectHolds, expectNotAnalysed, scenarioOf } from './expect-found.js';

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
