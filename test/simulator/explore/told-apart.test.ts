import { expect, test } from 'vitest';
import { explore, type Scenario } from '../../../simulator/index.js';
import { Likeness } from '../../../simulator/vm/likeness.js';
import { scenarioOf } from './expect-found.js';
import { orbitsOf } from './orbits.js';
import { bothOf, expectAlike, sameCode, shared } from './same-code.js';

/** What says who one is, or could. */
const different: [what: string, work: string, why: RegExp][] = [
  ['who asks for his number', 'count = __self();', /__self/],
  ['who calculates with an address', 'struct node mine; seen = (unsigned long)&mine >> 4;', /shr/],
  ['who multiplies one', 'struct node mine; seen = (unsigned long)&mine * 3;', /mul/],
  ['who inverts one', 'struct node mine; seen = ~(unsigned long)&mine;', /becomes something else/],
  [
    'who cuts one',
    'struct node mine; count = (unsigned char)(unsigned long)&mine;',
    /becomes something else/,
  ],
  ['who reads a part of one', 'struct node mine, *at = &mine; count = *(unsigned char *)&at;', /in part/],
  [
    'who writes a part of one',
    'struct node mine; seen = (unsigned long)&mine; *(char *)&seen = 0;',
    /in part/,
  ],
  [
    'who compares two of different threads',
    'struct node mine, *old = head; head = &mine; if (old < &mine) count++; head = 0;',
    /lt with/,
  ],
  [
    'who measures from one to another',
    'struct node mine, *old = head; head = &mine; if (old) count = (char *)old - (char *)&mine; head = 0;',
    /sub with/,
  ],
  ['who goes on to the next element', 'struct own *at = OWN + 1; at->n = 1;', /add with/],
  ['who names the first element', 'OWN->n = 1; owns[0].n = 2;', /names the memory/],
  ['a number that would be an address', 'seen = 0x710010; count = (int)seen;', /names the memory/],
  ['a sum that would be an address', 'seen += 0x389000; count = seen > 5;', /add with/],
  [
    'elements that are too small',
    'static int small[9]; *(int *)__own(small, sizeof(int)) = 1;',
    /share memory/,
  ],
  ['an array that is none', 'count = __own(head, 64) != 0;', /no such array/],
  ['elements of two sizes', '*(int *)__own(owns, 128) = 1; OWN->n = 1;', /share memory/],
];

test.each(different)('%s is told apart', (_, work, why) => {
  const scenario = sameCode(`${shared} void work(void) { ${work} }`);
  expect(orbitsOf(scenario)?.why).toMatch(why);
  const [alike, apart] = bothOf(scenario);
  expect({ ...alike, unknown: [] }).toEqual({ ...apart, unknown: [] });
});

test('a number from before the threads began that would be an address tells them apart', () => {
  const text = `${shared} void start(void) { seen = 0x710000; seen += 16; } void work(void) { count++; }`;
  expect(orbitsOf(sameCode(text, 2, { start: 'start' }))?.why).toMatch(/in part/);
});

test('nobody has more arrays of elements than a few', () => {
  const likeness = new Likeness([0, 1]);
  for (let n = 0; n < 20; n++) likeness.addRow(0x1_0000 + n * 1024, 64);
  expect(likeness.rows).toHaveLength(16);
  expect(likeness.why).toMatch(/no such array/);
});

interface Wrong {
  what: string;
  text: string;
  why: RegExp;
  /** What goes wrong in one of the threads and not in the first, or with one of them and not with each. */
  message: string;
  count?: number;
  more?: Partial<Scenario>;
}

/** Of those below, several ask for what must hold when all have returned. */
const ends = { finally: ['end'] };

const wrongForOne: Wrong[] = [
  {
    what: 'begins with another number in an element that nobody writes to',
    text: `void start(void) { owns[1].n = 5; }
      void work(void) { __yield(); __assert(OWN->n != 5, "assertion", "it is five"); }`,
    why: /begin with other memory/,
    message: 'it is five',
    more: { start: 'start' },
  },
  {
    what: 'begins with another number, as the program says, and changes it',
    text: `static struct own others[9] = { { 0 }, { 5 } };
      void work(void)
      {
        struct own *mine = __own(others, sizeof(*mine));
        mine->n++;
        __yield();
        __assert(mine->n != 6, "assertion", "it is six");
      }`,
    why: /begin with other memory/,
    message: 'it is six',
  },
  {
    what: 'has no element, where there are too few',
    text: `static struct own few[2];
      void work(void) { __yield(); ((struct own *)__own(few, sizeof(few[0])))->n = 1; }`,
    why: /not every thread has an element/,
    message: 'a pointer to nowhere is dereferenced',
    count: 3,
  },
  {
    what: 'reads a member behind its element',
    text: `struct two { struct own a, b; };
      atomic int others(void) { return ((struct two *)OWN)->b.n; }
      void work(void) { OWN->n = 1; __yield(); if (others()) count++; }
      void end(void) { __assert(count != 2, "assertion", "two of three have one behind them"); }`,
    why: /does not end there/,
    message: 'two of three have one behind them',
    count: 3,
    more: ends,
  },
  {
    what: 'copies more than its element',
    text: `struct two { struct own a, b; } got;
      void work(void) { OWN->n = 1; __yield(); got = *(struct two *)OWN; if (got.b.n == 0) count++; }
      void end(void) { __assert(count != 2, "assertion", "nobody copied two"); }`,
    why: /does not end there/,
    message: 'nobody copied two',
    more: ends,
  },
  {
    what: 'clears more than its element',
    text: `struct two { struct own a, b; };
      void work(void)
      {
        OWN->n = 1;
        __yield();
        *(struct two *)OWN = (struct two){ 0 };
        __yield();
        OWN->n++;
        __yield();
        if (OWN->n == 0)
          count++;
      }
      void end(void) { __assert(count != 1, "assertion", "one was cleared"); }`,
    why: /does not end there/,
    message: 'one was cleared',
    more: ends,
  },
  {
    what: 'is as far from its heap as nobody else',
    text: `static long far;
      atomic void all(long distance)
      {
        if (far == 0)
          far = distance;
        __assert(far == distance, "assertion", "the distances differ");
      }
      void work(void) { struct node mine; char *heap = __alloc(8); __yield(); all((char *)&mine - heap); }`,
    why: /sub with/,
    message: 'the distances differ',
  },
  {
    what: 'comes from its heap to its stack by a number',
    text: `void work(void)
      {
        struct node mine;
        char *heap = __alloc(8);
        __yield();
        if (heap + 0x300000 <= (char *)(&mine + 1) && (char *)&mine <= heap + 0x300000)
          count++;
      }
      void end(void) { __assert(count != 1, "assertion", "one came to its stack"); }`,
    why: /add with/,
    message: 'one came to its stack',
    more: ends,
  },
  {
    what: 'is not among those that are asked, which begin with the second',
    text: `atomic int anybody(void) { return __any(&owns[1].n, sizeof(struct own)); }
      void work(void) { OWN->n = 1; if (!anybody()) count = 1; OWN->n = 0; }
      void end(void) { __assert(count == 0, "assertion", "one was not asked"); }`,
    why: /other elements/,
    message: 'one was not asked',
    more: ends,
  },
  {
    what: 'is not among those that are asked, which are every second',
    text: `void work(void)
      {
        OWN->n = 1;
        __yield();
        __assert(__any(&owns[0].n, 2 * sizeof(struct own)), "assertion", "one was not asked");
        OWN->n = 0;
      }`,
    why: /other elements/,
    message: 'one was not asked',
  },
  {
    what: 'frees its element, and only the first is where the array begins',
    text: `atomic int first(void) { return !count++; }
      void work(void) { if (first()) { __yield(); __free(OWN); } }`,
    why: /is freed/,
    message: 'something that was never allocated is freed',
  },
  {
    what: 'loses the lock that two hold and a third gives back',
    text: `atomic void take(void) { __acquired(&lock, 6, 2); }
      atomic void give(void) { __released(&lock, 6, 2); }
      atomic int number(void) { return count++; }
      void late(void) { __await_eq(&count, 3); __assert(__holds(&lock), "assertion", "the second lost it"); give(); }
      void work(void)
      {
        switch (number()) {
        case 0: take(); seen++; __await_eq(&count, 3); if (__holds(&lock)) give(); break;
        case 1: take(); late(); break;
        default: __await_eq((int *)&seen, 1); give();
        }
      }`,
    why: /changes hands/,
    message: 'the second lost it',
    count: 3,
  },
];

test.each(wrongForOne)('a thread that $what is told apart', ({ text, why, message, count, more }) => {
  const scenario = sameCode(shared + text, count, more);
  expect(orbitsOf(scenario)?.why).toMatch(why);
  expect(explore(scenario).violations.map((one) => one.message)).toContain(message);
  expectAlike(scenario);
});

test('who waits for as much as an address of some threads is, and not of others, is told apart', () => {
  // The heap of the thread between them lies between theirs.
  const text = `${shared} static int address;
    void work(void)
    {
      address = (int)(unsigned long)__alloc(8);
      __yield();
      __await_ge(&address, 0x450000);
    }
    void one(void) { work(); } void other(void) { work(); } void between(void) { count = 1; }`;
  const scenario = scenarioOf({ threads: ['one', 'between', 'other'], text });
  expect(orbitsOf(scenario)?.why).toMatch(/le with/);
  expectAlike(scenario);
});
