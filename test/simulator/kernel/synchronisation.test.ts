import { expect, test } from 'vitest';
import { exploreModel } from './model-program.js';

const sleeper = (name: string, prepare: string) => `
  void ${name}(void)
  {
    wait_queue_entry_t wait;
    init_wait(&wait);
    ${prepare}(&queue, &wait, TASK_UNINTERRUPTIBLE);
    if (!go)
      schedule();
    finish_wait(&queue, &wait);
  }`;

const queue = `wait_queue_head_t queue; int go;
  ${sleeper('patient', 'prepare_to_wait_exclusive')}
  ${sleeper('shared', 'prepare_to_wait')}`;

test('waking one exclusive waiter leaves the other asleep', () => {
  const wakes = 'void waker(void) { go = 1; __wake_up(&queue, TASK_NORMAL, 1, NULL); }';
  const { told } = exploreModel(`${queue} ${wakes}`, ['patient', 'patient', 'waker']);
  expect(told).toEqual(['lost-wakeup: what it waits for has happened, but nobody will wake the sleeper']);
});

test('waking one reaches every waiter that is not exclusive', () => {
  const wakes = 'void waker(void) { go = 1; __wake_up(&queue, TASK_NORMAL, 1, NULL); }';
  expect(exploreModel(`${queue} ${wakes}`, ['shared', 'patient', 'waker']).kind).toBe('holds');
});

test('waking all reaches every exclusive waiter', () => {
  const wakes = 'void waker(void) { go = 1; __wake_up(&queue, TASK_NORMAL, 0, NULL); }';
  expect(exploreModel(`${queue} ${wakes}`, ['patient', 'patient', 'waker']).kind).toBe('holds');
});

test('a wake between looking and queueing is lost', () => {
  const text = `wait_queue_head_t queue; int go;
    void late(void)
    {
      wait_queue_entry_t wait;
      init_wait(&wait);
      if (!go) {
        prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
        schedule();
      }
      finish_wait(&queue, &wait);
    }
    void waker(void) { go = 1; if (waitqueue_active(&queue)) __wake_up(&queue, TASK_NORMAL, 1, NULL); }`;
  expect(exploreModel(text, ['late', 'waker']).told).toHaveLength(1);
});

test('readers share a semaphore, a writer has it alone', () => {
  const text = `struct rw_semaphore lock; int inside, x;
    void reader(void) { int old; down_read(&lock); old = x; __assert(x == old, "assertion", "x changes"); up_read(&lock); }
    void writer(void) { down_write(&lock); x++; x++; up_write(&lock); }
    void finally(void) { __assert(x == 4 && lock.count == 0, "assertion", "an update is lost"); }`;
  expect(exploreModel(text, ['reader', 'writer', 'writer']).kind).toBe('holds');
});

test('taking a semaphore twice is recursive, giving it back in the other mode is wrong', () => {
  const lock = 'struct rw_semaphore lock;';
  expect(
    exploreModel(`${lock} void body(void) { down_read(&lock); down_write(&lock); }`, ['body']).told[0],
  ).toMatch(/^recursive-lock/);
  expect(
    exploreModel(`${lock} void body(void) { down_read(&lock); up_write(&lock); }`, ['body']).told[0],
  ).toMatch(/^wrong-unlock/);
});

test('a grace period waits for readers that were there, and memory stays that long', () => {
  const text = (guarded: string, unguarded: string) => `struct box { int value; }; struct box *shared;
    void start(void) { shared = __alloc(sizeof(struct box)); }
    void reader(void) { struct box *box; ${guarded} box = shared; if (box) box->value = 1; ${unguarded} }
    void writer(void) { struct box *box = shared; shared = NULL; synchronize_rcu(); box->value = 2; __free(box); }`;
  expect(exploreModel(text('rcu_read_lock();', 'rcu_read_unlock();'), ['reader', 'writer']).kind).toBe(
    'holds',
  );
  expect(exploreModel(text('', ''), ['reader', 'writer']).told).toEqual([
    'use-after-free: freed memory is used',
  ]);
});

test('a grace period does not wait for sections that begin later, and must not be awaited inside of one', () => {
  const inside = 'void body(void) { rcu_read_lock(); synchronize_rcu(); rcu_read_unlock(); }';
  expect(exploreModel(inside, ['body']).told).toEqual([
    'sleep-in-atomic: a thread sleeps inside a RCU read section',
  ]);
});
