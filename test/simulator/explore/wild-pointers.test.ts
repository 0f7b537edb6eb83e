import { test } from 'vitest';
import { expectFound, expectNotAnalysed, scenarioOf } from './expect-found.js';

const access = (declaration: string, broken: string, repaired: string) => ({
  threads: ['use'],
  text: `${declaration}
    void use(void)
    {
    #ifdef BROKEN
      ${broken}
    #else
      ${repaired}
    #endif
    }`,
});

test.each([
  ['a NULL pointer', 'int x, *p;', '*p = 1;', 'p = &x; *p = 1;', 'null-dereference'],
  [
    'a member of an object at NULL',
    'struct s { int a[9], b; } s, *p;',
    'p->b = 1;',
    'p = &s; p->b = 1;',
    'null-dereference',
  ],
  ['a NULL function', 'void f(void) { } void (*p)(void);', 'p();', 'p = f; p();', 'null-dereference'],
  ['an error pointer', 'int x, *p;', 'p = (int *)-12L; *p = 1;', 'p = &x; *p = 1;', 'wild-access'],
  [
    'a member of an error pointer',
    'struct s { int a[9], b; } s, *p;',
    'p = (struct s *)-12L; p->b = 1;',
    'p = &s; p->b = 1;',
    'wild-access',
  ],
  [
    'an address where nothing ever was',
    'int x, *p;',
    'p = (int *)0x123456789a0L; *p = 1;',
    'p = &x; *p = 1;',
    'wild-access',
  ],
  [
    'an address above all memory',
    'int x, *p;',
    'p = (int *)0x10000000L; *p = 1;',
    'p = &x; *p = 1;',
    'wild-access',
  ],
  [
    'an address just above the NULL page',
    'int x, *p;',
    'p = (int *)0x5000L; *p = 1;',
    'p = &x; *p = 1;',
    'wild-access',
  ],
  ['an int at an odd address', 'char c[16];', '*(int *)(c + 1) = 1;', '*(int *)(c + 4) = 1;', 'wild-access'],
  [
    'a long at a place for ints',
    'char c[32];',
    '*(long *)(c + 4) = 1;',
    '*(long *)(c + 8) = 1;',
    'wild-access',
  ],
  [
    'a call to what is no function',
    'int x; void f(void) { } void (*p)(void);',
    'p = (void (*)(void))&x; p();',
    'p = f; p();',
    'wild-access',
  ],
  [
    'a free of what was never allocated',
    'int x, *p;',
    '__free((char *)&x + 2);',
    'p = __alloc(4); __free(p);',
    'wild-access',
  ],
  [
    'an access past a heap object',
    'int *p;',
    'p = __alloc(16); p[4] = 1;',
    'p = __alloc(20); p[4] = 1;',
    'use-after-free',
  ],
  ['a division by zero', 'int x = 7, y;', 'x = x / y;', 'if (y) x = x / y;', 'assertion'],
  ['a remainder by zero', 'unsigned long x = 7, y;', 'x = x % y;', 'if (y) x = x % y;', 'assertion'],
])('%s is found', (_, declaration, broken, repaired, rule) => {
  expectFound(access(declaration, broken, repaired), rule);
});

test('an endless loop that nobody else could end is not analysed', () => {
  expectNotAnalysed(scenarioOf(access('', '', 'for (;;) ;')), /runs more than \d+ instructions/);
});

test('recursion without an end is not analysed', () => {
  const text = 'int f(int x) { return f(x + 1) + 1; } int g;';
  expectNotAnalysed(scenarioOf(access(text, '', 'g = f(0);')), /recursion in f\(\) is too deep/);
});

test('recursion with large frames is not analysed', () => {
  const text = 'int f(int x) { char big[4096]; big[0] = x; return f(x + 1) + big[0]; } int g;';
  expectNotAnalysed(scenarioOf(access(text, '', 'g = f(0);')), /the stack overflows in f\(\)/);
});

test('a heap without an end is not analysed', () => {
  const text = 'struct node { struct node *next; char rest[4000]; } *all;';
  const repaired = 'for (;;) { struct node *n = __alloc(sizeof(*n)); n->next = all; all = n; }';
  expectNotAnalysed(scenarioOf(access(text, '', repaired)), /heap is exhausted|instructions/);
});
