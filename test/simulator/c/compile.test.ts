import { describe, expect, it } from 'vitest';
import { compile } from '../../../simulator/c/compile.js';
import { answerOf, compiled, guesses, lowered } from './compiled.js';

const operations = (text: string) => lowered(text).code.map(({ op }) => op);

describe('lowering', () => {
  it('keeps scalars whose address is never taken in registers, with their names', () => {
    const fn = lowered('int f(int a) { int b = a + 1; return b * a; }');
    expect(fn.frame).toBe(0);
    expect(fn.names).toEqual(['a', 'b']);
    expect(fn.code.map(({ op }) => op)).toEqual(['binary', 'binary', 'return']);
  });

  it('puts a variable whose address is taken into the frame', () => {
    const fn = lowered('int f(int a) { int b = a; int *p = &b; return *p; }');
    expect(fn.frame).toBe(4);
  });

  it('uses temporaries again from statement to statement', () => {
    const fn = lowered(`int f(int a) { ${'a += a * 2 + (a * 3 - a * 4);'.repeat(50)} return a; }`);
    expect(fn.registers).toBeLessThan(6);
  });

  it('keeps the line of each statement', () => {
    const fn = lowered('int f(int a)\n{\n\ta++;\n\n\ta = a\n\t\t* 3;\n\treturn a;\n}');
    expect(fn.code.map(({ line }) => line)).toEqual([3, expect.any(Number), 7]);
  });

  it('marks accesses as they are written', () => {
    const text = `int f(int *p, int **q) {
      WRITE_ONCE(*p, 1); smp_store_release(p, 2); rcu_assign_pointer(*q, p); smp_mb();
      *p = 3; return READ_ONCE(*p) + smp_load_acquire(p) + *p; }`;
    const accesses = lowered(text).code.flatMap((i) =>
      i.op === 'load' || i.op === 'store' ? [`${i.op} ${i.access}`] : [],
    );
    expect(accesses).toEqual([
      'store once',
      'store release',
      'store release',
      'store plain',
      'load once',
      'load acquire',
      'load plain',
    ]);
  });

  it('turns the intrinsics of the dialect into instructions with their texts', () => {
    const { program } = compiled(
      {
        'race/r.c':
          'int f(unsigned n) { __event("store", n, "x"); __assert(n > 1, "rule", "sentence"); return __choose(3); }',
      },
      ['f'],
    );
    const found = program.functions[0]!.code.filter((instruction) => instruction.op === 'intrinsic');
    expect(found.map(({ name, text, args }) => [name, text, args.length])).toEqual([
      ['__event', ['store', 'x'], 1],
      ['__assert', ['rule', 'sentence'], 1],
      ['__choose', [], 1],
    ]);
  });

  it('marks functions of the model as atomic and fused', () => {
    const texts = {
      'model/m.c': 'atomic void a(void) { } fused void b(void) { } void f(void) { a(); b(); }',
    };
    const { program } = compiled(texts, ['f']);
    expect(program.functions.map(({ name, step }) => `${name} ${step}`)).toEqual([
      'f plain',
      'a atomic',
      'b fused',
    ]);
  });

  it('clears and copies memory of known size', () => {
    const text =
      'struct s { int a[8]; }; void f(struct s *p, struct s *q) { memset(p, 0, sizeof(*p)); memcpy(p, q, 16); *q = *p; }';
    expect(operations(text)).toEqual(['clear', 'copy', 'copy', 'return']);
  });

  it('calls cleanup functions on the way of every goto', () => {
    const text = `
      static int answer;
      static void leave(int *n) { answer = answer * 10 + *n; }
      #define held(n) int h##n __attribute__((cleanup(leave))) = n
      void main(void)
      {
        int tries = 0;
      again:
        {
          held(1);
          { held(2); if (tries++ < 1) goto again; goto out; }
        }
      out:
        ;
      }`;
    expect(answerOf(compiled({ 'reviewed/r.c': text }, ['main']))).toBe(2121);
  });

  it('gives a label inside a statement expression to each expansion of its macro', () => {
    const text = `
      int answer;
      #define pick(n) ({ int r = 0; if (n > 3) goto big; r = 1; big: r * 10 + n; })
      void main(void) { answer = pick(2) * 100 + pick(5); }`;
    expect(answerOf(compiled({ 'reviewed/r.c': text }, ['main']))).toBe(1205);
  });
});

describe('what is not known', () => {
  it.each([
    ['int f(void) { return x; }', 'x is not declared'],
    ['int f(struct s *p) { return p->x; }', 'member x of struct s is not modelled'],
    ['int f(foo_t *p) { return *p; }', undefined],
    ['int f(foo_t p) { return p.x; }', 'member x of p, whose type is not known'],
    ['int f(void) { asm volatile("nop"); return 0; }', 'inline assembly'],
    ['int f(void) { struct s s; return sizeof(s); }', 'the size of a type that is not known is taken'],
    ['int f(int n) { switch (n) { case UNKNOWN: return 1; } return 0; }', 'the value of a case is not known'],
    ['int f(void) { int a[UNKNOWN]; a[0] = 1; return a[0]; }', 'the length of a is not known'],
    ['void f(char *p, int n) { memset(p, 0, n); }', 'memset of unknown size, or with what is not 0'],
  ])('%s guesses where it is executed', (text, reason) => {
    expect(guesses(lowered(text))).toEqual(reason === undefined ? [] : [reason]);
  });

  it.each([
    ['int f(int n) { int a[n]; return a[0]; }', /variable length/],
    ['int f(int n) { return n * 1.5; }', /float/],
    ['int f(int n) { goto nowhere; }', /label nowhere does not exist/],
    ['int f(int n) { break; }', /break outside/],
    ['int f(int n) { if (n { return 1; }', /./],
    ['int f(int n) { some_loop(n, 3) { n++; } return n; }', /unknown loop macro/],
    ['struct s { struct s s; }; int f(struct s *p) { return p->s.s.x; }', /contains itself/],
    ['int f(void) { char a[1 << 22]; return a[0]; }', /too large|32 KiB/],
  ])('%s is a problem, and the function a guess that returns', (text, reason) => {
    const { program, problems } = compiled({ 'reviewed/r.c': text }, ['f']);
    expect(problems.some((problem) => problem.function === 'f' && reason.test(problem.reason))).toBe(true);
    expect(program.functions[0]!.code.map(({ op }) => op)).toEqual(['guess', 'return']);
  });

  it('a false static assertion is a problem', () => {
    const { problems } = compiled(
      { 'reviewed/r.c': 'void f(void) { BUILD_BUG_ON(sizeof(long) != 4); static_assert(1 == 2, "no"); }' },
      ['f'],
    );
    expect(problems).toHaveLength(2);
  });
});

describe('the model asks about the code under review', () => {
  const model = `
    int answer;
    #if __has_function(f)
    void main(void) { answer = __arity(f) * 100 + __uses(g) * 10 + __uses(h); }
    #else
    void main(void) { answer = -1; }
    #endif`;

  it.each([
    ['int f(int a, int b) { return g(); } /* h */', 210],
    ['int f(void) { return h; }', 1],
    ['static int other(void) { return 0; }', -1],
  ])('%s', (text, answer) => {
    expect(answerOf(compiled({ 'reviewed/a.c': text, 'role/r.c': model }, ['main']))).toBe(answer);
  });

  it('anew for every file, though what was read is kept', () => {
    const prelude = {
      'prelude.h':
        '#if __uses(g)\n#define VALUE 1\n#else\n#define VALUE 2\n#endif\nstatic inline int value(void) { return VALUE; }',
    };
    const race = 'int answer; void main(void) { answer = value(); }';
    const answer = (text: string) =>
      answerOf(compiled({ 'reviewed/a.c': text, 'race/r.c': race }, ['main'], prelude));
    expect([
      answer('int f(void) { return g(); }'),
      answer('int f(void) { return h(); }'),
      answer('g f(struct s *s) { return s->h; }'),
      answer('int f(struct s *s) { return s->g; }'),
    ]).toEqual([1, 2, 1, 1]);
  });

  it.each(['int g;', '#if 0\nint f(void) { return g(); }\n#endif', '#define f g', 'int f __section(g);'])(
    'to whom a word is no use of the name: %s',
    (text) => {
      const role = 'int answer; void main(void) { answer = __uses(g) * 10 + __names(g); }';
      expect(answerOf(compiled({ 'reviewed/a.c': text, 'role/r.c': role }, ['main']))).toBe(
        text.includes('#if') ? 0 : 1,
      );
    },
  );

  it.each([
    ['int g; int f(void) { return g; }', ['g']],
    ['struct s { int g; }; int f(struct s *s) { return s->g; }', ['g']],
    ['int f(struct s *s) { int g = s->g; return g; }', []],
    ['int f(void) { return g(); }', []],
  ])('and tells what may be none of the names that are asked for: %s', (text, doubtful) => {
    const role = '#if __uses(g)\nvoid main(void) { }\n#endif';
    expect(compiled({ 'reviewed/a.c': text, 'role/r.c': role }, ['main']).doubtful).toEqual(doubtful);
  });
});

describe('hostile text', () => {
  /** Either a function comes out, or the reason why none does. */
  const outcomes = (text: string) => {
    const started = performance.now();
    const sources = [{ path: 'h.c', text, origin: 'reviewed' as const }];
    const { program, problems } = compile({ sources, headers: new Map(), roots: ['f'] });
    expect(performance.now() - started).toBeLessThan(20_000);
    return program.functions.length + problems.length;
  };

  it.each([
    ['a long sum', `int f(int a) { return ${'a + '.repeat(20_000)}a; }`],
    ['deep parentheses', `int f(int a) { return ${'('.repeat(5000)}a${')'.repeat(5000)}; }`],
    [
      'nested typeof',
      `int f(int a) { ${Array.from({ length: 200 }, (_, n) => `typeof(${n ? `v${n - 1}` : 'a'}) v${n} = a;`).join(' ')} return v199; }`,
    ],
    ['nested blocks', `int f(int a) { ${'{'.repeat(3000)} a++; ${'}'.repeat(3000)} return a; }`],
    ['a chain of else', `int f(int a) { ${'if (a) a++; else '.repeat(5000)} a--; return a; }`],
    [
      'many stars',
      `int ${'*'.repeat(50_000)}x;\nint f(int ${'*'.repeat(50_000)}a) { return ${'*'.repeat(3000)}a; }`,
    ],
    [
      'many brackets',
      `int x${'[2]'.repeat(20_000)};\nint f(void) { return sizeof(x) + x${'[0]'.repeat(20_000)}; }`,
    ],
    [
      'nested structs',
      `${'struct { '.repeat(2000)} int a; ${'} a; '.repeat(1999)} } x; int f(void) { return x${'.a'.repeat(2000)}; }`,
    ],
    [
      'nested initialisers',
      `int x[1] = ${'{'.repeat(5000)}1${'}'.repeat(5000)}; int f(void) { return x[0]; }`,
    ],
    [
      'enumerators',
      `enum { ${Array.from({ length: 20_000 }, (_, n) => `E${n} = ${n ? `E${n - 1} + 1` : 0}`).join(',\n')} }; int f(void) { return E19999; }`,
    ],
    ['a typedef of itself', 'typedef loop loop; loop f(loop *a) { return *a; }'],
    ['a huge range', 'int x[] = { [0 ... 99999999] = 1 }; int f(void) { return x[3]; }'],
    [
      'a huge case range',
      'int f(long a) { switch (a) { case -0x7fffffffffffffff ... 0x7fffffffffffffff: return 1; } return 0; }',
    ],
    ['many statements', `int f(int a) { ${'a = a * 3 + 1;\n'.repeat(30_000)} return a; }`],
    [
      'many labels',
      `int f(int a) { ${Array.from({ length: 5000 }, (_, n) => `l${n}: if (a == ${n}) goto l${(n * 7) % 5000};`).join('\n')} return a; }`,
    ],
  ])(
    '%s neither hangs nor throws',
    (_, text) => {
      expect(outcomes(text)).toBeGreaterThan(0);
    },
    30_000,
  );
});
