import { expect, test } from 'vitest';
import { expectFound } from './expect-found.js';

test('an object on the stack that outlives its function is found when somebody uses it', () => {
  const found = expectFound(
    {
      threads: ['waiter', 'waker'],
      text: `
        int lock, *queued;
        void wait(void)
        {
          int woken = 0;
          spin_lock(&lock);
          queued = &woken;
          spin_unlock(&lock);
        #ifndef BROKEN
          spin_lock(&lock);
          queued = NULL;
          spin_unlock(&lock);
        #endif
        }
        void waiter(void) { wait(); }
        void waker(void)
        {
          spin_lock(&lock);
          if (queued)
            *queued = 1;
          spin_unlock(&lock);
        }`,
    },
    'use-after-free',
  );
  expect(found).toMatchObject({ object: 'stack', function: 'waker' });
});

test('the frame of a function that returned is found when somebody still has a pointer to it', () => {
  const found = expectFound(
    {
      threads: ['owner', 'user'],
      text: `
        int lock, *shown;
        void show(void)
        {
          int mine = 0;
          shown = &mine;
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          shown = NULL;
        #ifndef BROKEN
          spin_unlock(&lock);
        #endif
        }
        void owner(void) { show(); }
        void user(void)
        {
          int *other;
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          other = shown;
          if (other)
            *other = 1;
        #ifndef BROKEN
          spin_unlock(&lock);
        #endif
        }`,
    },
    'use-after-free',
  );
  expect(found).toMatchObject({ object: 'stack', function: 'user', preemptions: 2 });
});

test('a local is shared, too, when only an object that others know points to it', () => {
  expectFound(
    {
      threads: ['owner', 'reader'],
      text: `
        struct shown { int *value; } *shown;
        int lock;
        void inner(struct shown *mine)
        {
          int value = 0;
          mine->value = &value;
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          value = 1;
          value = 0;
        #ifdef BROKEN
          spin_lock(&lock);
        #endif
          mine->value = NULL;
          spin_unlock(&lock);
        }
        void outer(void)
        {
          struct shown mine;
          mine.value = NULL;
          shown = &mine;
          inner(&mine);
          spin_lock(&lock);
          shown = NULL;
          spin_unlock(&lock);
        }
        void owner(void) { outer(); }
        void reader(void)
        {
          spin_lock(&lock);
          if (shown && shown->value)
            __assert(*shown->value == 0, "assertion", "a value is seen that should not be");
          spin_unlock(&lock);
        }`,
    },
    'assertion',
  );
});

const copies = [
  ['as part of an object', 'shown = mine;'],
  ['byte by byte', 'for (n = 0; n < 8; n++) ((char *)&shown)[n] = ((char *)&mine)[n];'],
  ['with a mark in its highest bit', 'shown.self = (struct node *)((unsigned long)&mine | 1ul << 63);'],
] as const;

test.each(copies)('a local is shared when its address was copied %s', (_, copy) => {
  expectFound(
    {
      threads: ['owner', 'other'],
      text: `
        struct node { struct node *self; int n; } shown;
        int lock;
        struct node *given(void) { return (struct node *)((unsigned long)shown.self & ~(1ul << 63)); }
        void owner(void)
        {
          struct node mine;
          int n;
          mine.self = &mine;
          ${copy}
        #ifndef BROKEN
          spin_lock(&lock);
        #endif
          mine.n = 1;
          n = mine.n;
          __assert(n == 1, "assertion", "somebody else writes here");
        #ifdef BROKEN
          spin_lock(&lock);
        #endif
          shown.self = NULL;
          spin_unlock(&lock);
        }
        void other(void)
        {
          spin_lock(&lock);
          if (given())
            given()->n = 7;
          spin_unlock(&lock);
        }`,
    },
    'assertion',
  );
});
