import { describe, expect, it } from 'vitest';
import { compile } from '../../simulator/c/compile.js';
import { explore, type Verdict } from '../../simulator/index.js';

/** Milliseconds for the whole way of a hostile file; a machine that does other things needs several times less. */
const patience = 20_000;

/** From the text of a file under review to the verdict on two threads that run its function f. */
function judged(text: string): Verdict & { problems: string[] } {
  const begun = performance.now();
  const { program, problems } = compile({
    sources: [{ path: 'fs/hostile.c', text, origin: 'reviewed' }],
    headers: new Map(),
    roots: ['f'],
  });
  const known = program.functions.some(({ name }) => name === 'f');
  const threads = ['one', 'other'].map((name) => ({ name, fn: 'f' }));
  const scenario = { program, start: undefined, threads, always: [], finally: [] };
  const verdict = known
    ? explore(scenario, { states: 50_000, full: false })
    : explore({ ...scenario, threads: [] }, { states: 1, full: false });
  expect(performance.now() - begun).toBeLessThan(patience);
  return { ...verdict, problems: problems.map(({ reason }) => reason) };
}

const many = 100_000;
const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** 2^40 tokens, were it expanded. */
const bomb = `#define a0 1+\n${lines(40, (n) => `#define a${n + 1} a${n} a${n}`)}`;

describe('hostile C, from its text to the verdict', () => {
  it.each([
    ['a recursion without end', 'int f(int n) { return f(n + 1) + 1; }', /too deep|overflows/],
    [
      'two functions that call each other',
      'int g(int n);\nint f(int n) { return g(n); }\nint g(int n) { return f(n); }',
      /too deep|overflows/,
    ],
    [
      'a recursion with large frames',
      'int f(int n) { char a[4096]; a[n & 7] = 1; return f(n + 1) + a[0]; }',
      /too deep|overflows/,
    ],
    [
      'variables for which no kernel has a stack',
      'int f(void) { int a[4000] = { [0 ... 3999] = 1 }; int b[4000] = { [0 ... 3999] = 1 }; return a[7] - b[5]; }',
      /the stack overflows in f/,
    ],
    ['a loop without end', 'int f(void) { for (;;) ; }', /instructions|end/],
    [
      'a loop over two locals without end',
      'int f(void) { unsigned long a = 0, b = 1; while (b) { a += 3; b |= 1; } return a; }',
      /instructions|end/,
    ],
    [
      'a global that is too large',
      'static char a[1 << 30];\nint f(void) { return a[5]; }',
      /large|MiB|lower/,
    ],
    [
      'many globals',
      `${lines(500, (n) => `static char a${n}[1 << 19];`)}\nint f(void) { return ${Array.from({ length: 400 }, (_, n) => `a${n}[1]`).join('+')}; }`,
      /MiB|limit|lower|function/,
    ],
    [
      'a local that is too large',
      'int f(void) { char a[1 << 20]; a[3] = 1; return a[3]; }',
      /32 KiB|large|lower/,
    ],
    [
      'an array whose length goes round',
      'static int a[0x7fffffffffffffff];\nint f(void) { return a[1]; }',
      /large|lower/,
    ],
    ['a macro that doubles forty times', `${bomb}\nint f(void) { return a40 1; }`, /./],
    [
      'a struct that holds itself',
      'struct s { struct s a; };\nstruct s x;\nint f(void) { return sizeof(x); }',
      /itself|lower/,
    ],
    [
      'too many labels',
      `int f(int n) {\n${lines(many, (n) => `l${n}: if (n == ${n}) goto l${many - 1 - n};`)}\nreturn n; }`,
      /./,
    ],
  ])('does not answer "holds" for %s, and says why', (_, text, why) => {
    const { kind, why: reasons, problems } = judged(text);
    expect(kind).not.toBe('holds');
    expect([...reasons, ...problems].join('; ')).toMatch(why);
  });

  it('runs a switch with a hundred thousand cases in bounded time', () => {
    const cases = lines(many, (n) => `case ${n}: n += ${n};`);
    const { kind, problems } = judged(`int f(int n) { switch (n) {\n${cases}\n} return n; }`);
    expect([kind, problems]).toEqual(['holds', []]);
  });

  it('knows names that JavaScript knows, too, as names of C', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
    const text = `#define length 7
${names.map((name, n) => `static int ${name} = ${n};`).join('\n')}
struct __defineGetter__ { int then, constructor; };
int f(void)
{
	struct __defineGetter__ s = { .then = 1, .constructor = 2 };
	__assert(${names.join(' + ')} + s.then + s.constructor + length == ${0 + 1 + 2 + 3 + 4 + 5 + 3 + 7}, "assertion", "no");
	return 0;
}`;
    expect(judged(text)).toMatchObject({ kind: 'holds', why: [], problems: [] });
  });

  it.each([
    ['marks that turn the direction of writing', 'int f(void) { int a\u202e = 1; \u2066return a; }'],
    ['letters that look like others', 'int f(void) { int \u0430 = 1; return a; }'],
    ['a line separator in a comment', 'int f(void) { // \u2028 return 0;\n return g; }'],
    ['a byte order mark and a NUL', '\ufeffint f(void) { \0 return 0; }'],
    ['half a pair of surrogates', 'int f(void) { return \ud800; }'],
  ])('guesses at nothing with %s', (_, text) => {
    const { kind, why, problems } = judged(text);
    if (kind === 'holds') expect([...why, ...problems]).toEqual([]);
    expect(['holds', 'not-analysed']).toContain(kind);
  });
});
