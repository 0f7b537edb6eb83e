import { describe, expect, it } from 'vitest';
import { answerOf, compiled, guesses } from './compiled.js';

const race = 'int answer; void main(void) { answer = f(1); }';
const prototype = { 'prelude.h': 'int f(int);' };

describe('a call', () => {
  it('goes to the file under review before the model that says so', () => {
    const texts = {
      'reviewed/a.c': 'int f(int n) { return 10; }',
      'model/b.c': 'otherwise int f(int n) { return 20; }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(10);
    const { 'reviewed/a.c': _, ...without } = texts;
    expect(answerOf(compiled(without, ['main'], prototype))).toBe(20);
  });

  it.each([
    ['a function of the model', { 'model/b.c': 'int f(int n) { return 20; }' }],
    ['a function of a role', { 'role/b.c': 'int f(int n) { return 20; }' }],
    ['a global of the model', { 'model/b.c': 'int state = 20; int f(int n) { return state; }' }],
    [
      'a global that others define',
      { 'model/b.c': 'int f(int n) { return state; }', 'role/c.c': 'int state = 20;' },
    ],
    ['the start of a race', { 'race/b.c': 'int f(int n) { return 20; }' }],
  ])('goes to %s whatever the code under review calls its own', (_, ours) => {
    for (const origin of ['reviewed', 'tree', 'baseline']) {
      const strangers = 'int state; int f(int n) { return 10; } void main(void) { f(0); state = 1; }';
      const texts = { [`${origin}/a.c`]: strangers, ...ours, 'race/r.c': race };
      const headers = { 'prelude.h': 'int f(int); extern int state;' };
      expect(answerOf(compiled(texts, ['main'], headers)), origin).toBe(20);
    }
  });

  it('of the code under review goes to its own function of that name', () => {
    const texts = {
      'reviewed/a.c': 'int g(void) { return 10; } int f(int n) { return g(); }',
      'model/b.c': 'int g(void) { return 20; }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(10);
  });

  it('goes to what the model has instead, even of a static function in its own file', () => {
    const texts = {
      'reviewed/a.c': 'static int g(int n) { return 10; } int f(int n) { return g(n); }',
      'model/b.c': 'instead int g(int n) { return 40; }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(40);
  });

  it('goes to the code under review when what the model has instead takes other arguments', () => {
    const texts = {
      'reviewed/a.c': 'static int g(int n) { return 10; } int f(int n) { return g(n); }',
      'model/b.c': 'instead int g(int n, int m) { return 40; }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(10);
  });

  it('goes to the baseline when a race does not break it', () => {
    const texts = { 'baseline/a.c': 'int f(int n) { return 10; }', 'race/r.c': race };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(10);
  });

  it('goes to what a race breaks, also from inside the baseline file that has it as static', () => {
    const texts = {
      'broken/x.c': 'int g(int n) { return 30; }',
      'baseline/a.c': 'static int g(int n) { return 10; } int f(int n) { return g(n); }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(30);
  });

  it('does not go to what a race breaks when the function itself is under review', () => {
    const texts = {
      'reviewed/a.c': 'static int g(int n) { return 10; } int f(int n) { return g(n); }',
      'broken/x.c': 'int g(int n) { return 30; }',
      'race/r.c': race,
    };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(10);
  });

  it('binds a static function of its own file first', () => {
    const texts = {
      'reviewed/a.c': 'static int g(void) { return 1; } int f(int n) { return g(); }',
      'model/b.c': 'int g(void) { return 2; }',
      'race/r.c': `${race} static int g(void) { return 3; } void other(void) { answer = g(); }`,
    };
    const compilation = compiled(texts, ['main', 'other'], { 'prelude.h': 'int f(int); int g(void);' });
    expect(answerOf(compilation)).toBe(1);
    expect(answerOf(compilation, 'other')).toBe(3);
  });

  it('reaches a static function of the file under review when nobody else has it', () => {
    const texts = { 'reviewed/a.c': 'static int f(int n) { return n + 4; }', 'race/r.c': race };
    expect(answerOf(compiled(texts, ['main'], prototype))).toBe(5);
  });

  it('takes the function of the model with the right number of arguments', () => {
    const model = 'int h(int a) { return 1; } int h(int a, int b) { return 2; } int h(void) { return 3; }';
    const texts = {
      'model/m.c': model,
      'race/r.c': 'int answer; void main(void) { answer = h() * 100 + h(1) * 10 + h(1, 2); }',
    };
    expect(answerOf(compiled(texts, ['main']))).toBe(312);
  });

  it('with another number of arguments is a guess that says so', () => {
    const texts = {
      'model/m.c': 'int h(int a) { return a; }',
      'reviewed/r.c': 'int f(void) { return h(1, 2); }',
    };
    const { program } = compiled(texts, ['f']);
    expect(guesses(program.functions[0]!)).toEqual(['h() takes 2 arguments here, 1 in the model']);
  });

  it('with as many arguments in another order is one, too', () => {
    const texts = {
      'model/m.c': 'int h(int mode, int *at) { return mode; }',
      'reviewed/r.c': 'int f(void) { int at; return h(&at, 0) + h(0, &at); }',
    };
    const { program } = compiled(texts, ['f']);
    expect(guesses(program.functions[0]!)).toEqual([
      'h() takes a number in the model where a pointer is given here',
    ]);
  });

  it('to nobody is unknown, and its value is marked as used where it is', () => {
    const { program, unknown } = compiled({ 'reviewed/r.c': 'int f(void) { g(1); return h(2) + 1; }' }, [
      'f',
    ]);
    expect(unknown).toEqual(['g', 'h']);
    const calls = program.functions[0]!.code.filter((instruction) => instruction.op === 'unknown');
    expect(calls.map(({ name, used }) => [name, used])).toEqual([
      ['g', false],
      ['h', true],
    ]);
  });

  it('in code that cannot be reached is not looked at', () => {
    const text =
      'int f(int n) { if (0) g(); if (n || 1) return 1; h(); while (0) i(); return n; } int g2(int n) { if (n) h(); return n; }';
    expect(compiled({ 'reviewed/r.c': text }, ['f']).unknown).toEqual([]);
    expect(compiled({ 'reviewed/r.c': text }, ['g2']).unknown).toEqual(['h']);
  });
});

describe('linking', () => {
  it('says which roots are missing', () => {
    expect(compiled({ 'race/r.c': race }, ['main', 'absent']).missing).toEqual(['absent']);
  });

  it('takes functions along whose address is stored in a reached global', () => {
    const text = `
      struct ops { int (*run)(int); };
      static int one(int n) { return n + 1; }
      static struct ops table[] = { { one } }, unused = { one };
      int answer; void main(void) { answer = table[0].run(4); }`;
    const compilation = compiled({ 'reviewed/r.c': text }, ['main']);
    expect(answerOf(compilation)).toBe(5);
    expect(compilation.reached).toEqual(['main', 'one']);
    expect(compilation.program.globals.map(({ name }) => name)).not.toContain('unused');
  });

  it('places each global on its own line of 64 bytes and names its scalars', () => {
    const text =
      'struct s { char a; struct { int b, *c; }; long d[2]; }; struct s x; int y; void f(void) { y = x.b; }';
    const { program } = compiled({ 'reviewed/r.c': text }, ['f']);
    expect(program.globals.every(({ address }) => address % 64 === 0)).toBe(true);
    expect(program.fields.get('x')).toEqual([
      { path: 'x.a', offset: 0, type: 'i8', pointer: false },
      { path: 'x.b', offset: 8, type: 'i32', pointer: false },
      { path: 'x.c', offset: 16, type: 'u64', pointer: true },
      { path: 'x.d[0]', offset: 24, type: 'i64', pointer: false },
      { path: 'x.d[1]', offset: 32, type: 'i64', pointer: false },
    ]);
  });

  it('gives a global that is only declared zeroes and a guess', () => {
    const { program } = compiled({ 'reviewed/r.c': 'extern int x; int f(void) { return x; }' }, ['f']);
    expect(guesses(program.functions[0]!)).toEqual(['nobody defines x']);
  });

  it('finds the definition of a declared global in another file', () => {
    const texts = {
      'race/r.c': 'extern int x; int answer; void main(void) { answer = x; }',
      'model/m.c': 'int x = 9;',
    };
    expect(answerOf(compiled(texts, ['main']))).toBe(9);
  });

  it("lets a file's own struct replace the prelude's, in that file only", () => {
    const texts = {
      'reviewed/a.c':
        'struct s { char pad[40]; int n; }; int f(int n) { struct s s = { .n = 5 }; return s.n + sizeof(struct s); }',
      'race/r.c': 'int answer; void main(void) { answer = f(1) * 100 + sizeof(struct s); }',
    };
    expect(answerOf(compiled(texts, ['main'], { 'prelude.h': 'struct s { int n; }; int f(int);' }))).toBe(
      4904,
    );
  });

  it('gives a member that nobody declares the same place in every file', () => {
    const prelude = { 'prelude.h': 'struct s { int n; }; extern struct s shared; int f(int);' };
    const texts = {
      'reviewed/a.c': 'int f(int n) { shared.other = 3; shared.extra = 41; return 0; }',
      'race/r.c': 'struct s shared; int answer; void main(void) { f(0); answer = shared.extra; }',
    };
    const { program } = compiled(texts, ['main'], prelude);
    expect(program.globals.find(({ name }) => name === 'shared')!.size).toBe(24);
    const f = program.functions.find(({ name }) => name === 'f')!;
    expect(guesses(f)).toEqual([
      'member other of struct s is not modelled',
      'member extra of struct s is not modelled',
    ]);
  });
});
