import type { Dice } from '../dice.js';

const times = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** Statements that are dear to somebody who reads, lowers or runs C. `name`: a function of the file. */
const snippets: ((dice: Dice, name: string) => string)[] = [
  (dice) => `{ int f0 = 1; ${times(20 + dice.roll(80), (n) => `f0 = f0 ^ (f0 >> ${n % 7});`)} f1(f0); }`,
  (dice) => `{ long f0 = 1; ${times(dice.roll(3000), (n) => `f0 = (f0 ^ f1()) * ${n};`)} if (f0) f2(); }`,
  (dice) => `f1(${'('.repeat(dice.roll(3000))}1${')'.repeat(dice.roll(3000))});`,
  (dice) => '{'.repeat(dice.roll(600)) + '}'.repeat(dice.roll(600)),
  (dice) => `{ int f0 = f1(); ${times(dice.roll(3000), (n) => `l${n}: if (f0 == ${n}) goto l${n * 7};`)} }`,
  (dice) => `switch (f1()) { ${times(dice.roll(2000), (n) => `case ${n} ... ${n + 1}: f2(${n}); break;`)} }`,
  (_, name) => `${name}(${name}(0, 1), ${name}());`,
  (_, name) => `for (;;) { if (${name}()) continue; f1(); }`,
  (dice) => `while (f${dice.roll(3)}()) ;`,
  (dice) => `{ char f0[1 << ${dice.roll(40)}]; f0[f1()] = 1; f2(f0); }`,
  (dice) => `{ struct f0 { struct f0 *p; int a[${dice.roll(9)}]; } x; x = *x.p; f1(&x, x.p->p->p); }`,
  (dice) =>
    `\n#define F0 f1() +\n${times(30, (n) => `#define F${n + 1} F${n} F${n}`)}\nf2(F${dice.roll(30)} 1);`,
  (dice) => `${times(4 + dice.roll(60), (n) => `if (f${n}(f1)) f2++; else f3--;`)}`,
  (dice) => `${times(dice.roll(40), (n) => `spin_lock(&f${n}->lock);`)}`,
  (dice) =>
    `${times(dice.roll(12), (n) => `if (f1(${n})) xas_lock_irq(&xas);`)} if (f2()) xas_unlock_irq(&xas);`,
  () => 'f1(({ int f0 = ({ int f0 = ({ f2(); }); f0; }); f0; }));',
  (dice) => `f1("${'\\x41'.repeat(dice.roll(20_000))}");`,
  (dice) => `f1(${'-'.repeat(dice.roll(900))} 1${' ? 1 : 2'.repeat(dice.roll(900))});`,
  () => '{ void *f0 = &&out; goto *f0; out: ; }',
  () => 'asm volatile("" ::: "memory"); __attribute__((cleanup(f1))) int f0;',
  () => 'int \u0430 = 1; f1(\u202e);',
  () => '\n#if 1 << 70 / 0\n#else\n#include "fs/dax.c"\n#endif\n',
  () => '\n#if 0\n',
  () => '/* "',
  () => '*/',
  () => '}',
  () => 'return;',
  () => 'BUG_ON(1);',
  () => '*(volatile int *)0 = 1;',
  () => 'rcu_read_lock(); schedule();',
  (dice) => `{ _Bool f0[${dice.roll(5)}] = { [0 ... ${dice.roll(9)}] = 1 }; f1(f0[${dice.roll(9) - 4}]); }`,
  () => '{ union { int a; char b[4]; struct { int c : 3, d : 29; }; } f0 = { .c = 5 }; f1(f0.d, f0.b[7]); }',
];

export const snippet = (dice: Dice, name: string): string => dice.of(snippets)(dice, name);
