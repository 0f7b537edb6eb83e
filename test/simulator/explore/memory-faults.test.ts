import { expect, test } from 'vitest';
import { expectFound, expectHolds, expectReplay, exploreBoth, scenarioOf } from './expect-found.js';

test('a heap object that is used after it was freed is found, and RCU that delays the free repairs it', () => {
  const found = expectFound(
    {
      threads: ['reader', 'remover'],
      more: { start: 'start' },
      text: `
        struct node { int key; } *node;
        void start(void) { node = __alloc(sizeof(*node)); }
        void reader(void)
        {
          struct node *mine;
          rcu_read_lock();
          mine = node;
          if (mine)
            mine->key = 1;
          rcu_read_unlock();
        }
        void remover(void)
        {
          struct node *old = node;
          node = NULL;
        #ifndef BROKEN
          synchronize_rcu();
        #endif
          __free(old);
        }`,
    },
    'use-after-free',
  );
  expect(found).toMatchObject({ object: 'heap', function: 'reader', preemptions: 1 });
});

test('a global that is freed, as an inode is, and used later is found by its name', () => {
  const found = expectFound(
    {
      threads: ['user', 'evict'],
      text: `
        struct inode { int lock, size; } inode;
        int users = 1;
        void user(void)
        {
          inode.size = 1;
          users = 0;
        }
        void evict(void)
        {
        #ifndef BROKEN
          __await_eq(&users, 0);
        #endif
          __free(&inode);
        }`,
    },
    'use-after-free',
  );
  expect(found).toMatchObject({ object: 'inode', message: 'inode is used after it was freed' });
});

test('freed memory does not come back while a stack frame of another call still points to it', () => {
  expectHolds(
    scenarioOf({
      threads: ['reuse'],
      text: `
        void reuse(void)
        {
          int *first = __alloc(8), *second;
          __free(first);
          second = __alloc(8);
          __assert(first != second, "assertion", "memory is used again under a pointer to it");
          __free(second);
        }`,
    }),
  );
});

test('two that free the same object are found', () => {
  const found = expectFound(
    {
      threads: ['drop', 'drop'],
      more: { start: 'start' },
      text: `
        int *object, lock;
        void start(void) { object = __alloc(4); }
        void drop(void)
        {
          int *mine;
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          mine = object;
          object = NULL;
        #ifndef BROKEN
          spin_unlock(&lock);
        #endif
          if (mine)
            __free(mine);
        }`,
    },
    'use-after-free',
  );
  expect(found.message).toBe('something is freed twice');
});

const stack = `
  struct node { struct node *next; } *head;
  int lock;
  atomic int replace(struct node *old, struct node *new)
  {
    if (head != old)
      return 0;
    head = new;
    return 1;
  }
  struct node *pop(void)
  {
    struct node *old, *next;
  #ifndef BROKEN
    spin_lock(&lock);
  #endif
    do {
      old = head;
      next = old->next;
    } while (!replace(old, next));
  #ifndef BROKEN
    spin_unlock(&lock);
  #endif
    return old;
  }
  void push(struct node *node)
  {
  #ifndef BROKEN
    spin_lock(&lock);
  #endif
    do
      node->next = head;
    while (!replace(node->next, node));
  #ifndef BROKEN
    spin_unlock(&lock);
  #endif
  }
  void start(void)
  {
    int n;
    for (n = 0; n < 4; n++) {
      struct node *node = __alloc(sizeof(*node));
      node->next = head;
      head = node;
    }
  }`;

test('an object that leaves a list and comes back between a look and a compare (ABA) is found', () => {
  expectFound(
    {
      threads: ['one', 'other'],
      more: { start: 'start', finally: ['check'] },
      text: `${stack}
        void one(void) { pop(); }
        void other(void)
        {
          struct node *first = pop(), *second = pop();
          push(first);
          __free(second);
        }
        void check(void)
        {
          struct node *node;
          for (node = head; node; node = node->next)
            ;
        }`,
    },
    'use-after-free',
  );
});

test('what cannot be seen: an allocation never gives the address that a stale pointer still has', () => {
  // The kernel may; the compare then succeeds by mistake. Here the stale pointer keeps the memory from reuse.
  const scenario = scenarioOf(
    {
      threads: ['one', 'other'],
      more: { start: 'start', finally: ['check'] },
      text: `${stack}
        int looked, allocated;
        void one(void)
        {
          struct node *old = head, *next = old->next;
          looked = 1;
          __await_eq(&allocated, 1);
          __assert(!replace(old, next), "assertion", "the compare takes a new object for the old one");
        }
        void other(void)
        {
          struct node *node;
          __await_eq(&looked, 1);
          __free(pop());
          node = __alloc(sizeof(*node));
          node->next = head;
          head = node;
          allocated = 1;
        }
        void check(void) { }`,
    },
    true,
  );
  expectHolds(scenario);
});

const uses = [
  ['reads', 'int n = x.n; __assert(!n, "assertion", "");'],
  ['copies', 'y = x;'],
  ['clears', 'x = (struct node){ 0 };'],
  ['waits for', '__await_eq(&x.n, 0);'],
  ['frees', '__free(&x);'],
] as const;

test.each(uses)('who %s what another frees before it meets anybody may do so in time', (_, use) => {
  const text = `
    struct node { int n; int rest[3]; } x, y;
    int done;
    void remover(void) { __free(&x); }
    void user(void) { ${use} done = 1; }
    void in_time(void) { __assert(!done, "warning", "the user was in time"); }`;
  const scenario = scenarioOf({ threads: ['remover', 'user'], text, more: { always: ['in_time'] } });
  for (const { violations } of exploreBoth(scenario)) {
    expect(new Set(violations.map(({ rule }) => rule))).toEqual(new Set(['use-after-free', 'warning']));
    for (const violation of violations) expectReplay(scenario, violation);
  }
});

test('a condition that reads what a thread frees before it meets anybody is broken by that thread', () => {
  const text = `
    struct node { int n; } x;
    void remover(void) { __free(&x); }
    void check(void) { __assert(x.n == 0, "assertion", "it is not zero"); }`;
  const scenario = scenarioOf({ threads: ['remover'], text, more: { always: ['check'] } });
  for (const { violations, why } of exploreBoth(scenario)) {
    expect(why).toEqual([]);
    expect(violations).toMatchObject([{ rule: 'use-after-free', object: 'x' }]);
  }
});
