import { describe, expect, it, test } from 'vitest';
import { exploreModel } from './model-program.js';

const declarations = 'spinlock_t spinlock; struct mutex mutex; struct rw_semaphore rwsem; int x;';

describe('a guard', () => {
  it.each([
    ['spinlock', '&spinlock'],
    ['spinlock_irq', '&spinlock'],
    ['spinlock_bh', '&spinlock'],
    ['spinlock_irqsave', '&spinlock'],
    ['mutex', '&mutex'],
    ['rwsem_write', '&rwsem'],
  ])('%s keeps others out as long as its scope lasts', (kind, lock) => {
    const text = (kept: string, after: string) => `${declarations}
      void body(void) { ${kept}; x++; ${after} }
      void finally(void) { __assert(x == 2, "assertion", "an update is lost"); }`;
    const guarded = text(`guard(${kind})(${lock})`, 'if (x) return;');
    const scoped = text(`scoped_guard(${kind}, ${lock}) { if (x == 7) return; x++; } return`, '');
    expect(exploreModel(guarded, ['body', 'body']).told).toEqual([]);
    expect(exploreModel(scoped, ['body', 'body']).told).toEqual([]);
    expect(exploreModel(text(`scoped_guard(${kind}, ${lock}) { }`, ''), ['body', 'body']).told).toHaveLength(
      1,
    );
  });

  it('of RCU makes a grace period wait, and forbids to sleep', () => {
    const text = (guarded: string) => `struct box { int value; }; struct box *shared;
      void start(void) { shared = __alloc(sizeof(struct box)); }
      void reader(void) { struct box *box; ${guarded}; box = shared; if (box) box->value = 1; }
      void writer(void) { struct box *box = shared; shared = NULL; synchronize_rcu(); __free(box); }`;
    expect(exploreModel(text('guard(rcu)()'), ['reader', 'writer']).kind).toBe('holds');
    expect(exploreModel(text(''), ['reader', 'writer']).told).toEqual([
      'use-after-free: freed memory is used',
    ]);
    const sleeps = 'void body(void) { guard(rcu)(); __might_sleep(); }';
    expect(exploreModel(sleeps, ['body']).told[0]).toMatch(/^sleep-in-atomic/);
  });
});

test('long counters are counted in one step', () => {
  const text = (add: string) => `atomic_long_t events;
    void body(void) { ${add}; }
    void finally(void) { __assert(atomic_long_read(&events) == 2, "assertion", "an update is lost"); }`;
  expect(exploreModel(text('atomic_long_inc(&events)'), ['body', 'body']).kind).toBe('holds');
  expect(exploreModel(text('events.counter++'), ['body', 'body']).told).toHaveLength(1);
});

test('a page is not freed while somebody holds its lock', () => {
  const text = (last: string) =>
    `void body(void) { struct page *page = alloc_page(0); lock_page(page); ${last} }`;
  expect(exploreModel(text('unlock_page(page); put_page(page);'), ['body']).told).toEqual([]);
  expect(exploreModel(text('put_page(page); unlock_page(page);'), ['body']).told).toEqual([
    'use-after-free: a page is freed that is still locked',
  ]);
});
