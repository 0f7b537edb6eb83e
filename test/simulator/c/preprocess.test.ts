import { describe, expect, it } from 'vitest';
import { ownWords } from '../../../simulator/c/own-words.js';
import { Macros, type PreprocessOptions, preprocess } from '../../../simulator/c/preprocess.js';

function run(text: string, options: PreprocessOptions = {}, ours = false) {
  return preprocess(ours ? { file: 'test.c', text, own: ownWords } : { file: 'test.c', text }, options);
}

/** The tokens of the last lines, blanks between all of them. */
function tokens(text: string, options: PreprocessOptions = {}, ours = false): string {
  return run(text, options, ours)
    .tokens.map((token) => token.text)
    .join(' ');
}

describe('tokens', () => {
  it('drops comments, joins spliced lines and keeps the line numbers of the text', () => {
    const { tokens: read } = run('a /* x\n y */ b // z\nlo\\\nng c\nd');
    expect(read.map(({ text, line }) => `${text}@${line}`)).toEqual(['a@1', 'b@2', 'long@3', 'c@4', 'd@5']);
  });

  it('reads the longest operator, numbers with signs in exponents, and quotes with escapes', () => {
    expect(tokens('a+++b<<=1.5e-3+0x1e+2')).toBe('a ++ + b <<= 1.5e-3 + 0x1e + 2');
    expect(tokens(String.raw`f("a\"b", '\'')`)).toBe(String.raw`f ( "a\"b" , '\'' )`);
  });

  it('takes a lone quote for a token and goes on behind it', () => {
    expect(tokens("don't\nx")).toBe("don ' t x");
  });
});

describe('macros', () => {
  it('replaces objects and functions, and leaves a function macro without brackets alone', () => {
    expect(tokens('#define N 3\n#define SQ(x) ((x) * (x))\nSQ(N + 1) SQ')).toBe(
      '( ( 3 + 1 ) * ( 3 + 1 ) ) SQ',
    );
  });

  it('lets a macro give way to a function that the text has, not to one that is left out', () => {
    const { macros } = run('#define lock(x) model_lock(x)');
    const read = (text: string) => tokens(`${text}\nint g(void) { return lock(1); }`, { macros });
    expect(read('int lock(int x) { return x; }')).toContain('return lock ( 1 )');
    const f = 'int lock(int x) { return x; }';
    for (const text of [`#if 0\n${f}\n#endif`, `#ifdef CONFIG_F\n${f}\n#endif`, `#define f() ${f}`])
      expect(read(text), text).toContain('return model_lock ( 1 )');
  });

  it('never expands a macro inside its own expansion', () => {
    expect(tokens('#define a b + a\n#define b a\na b')).toBe('a + a b + a');
    expect(tokens('#define f(x) f(x + 1) g\n#define g f\nf(f(2))(3)')).toBe(
      'f ( f ( 2 + 1 ) f + 1 ) f ( 3 )',
    );
  });

  it('expands an argument before it is placed, but not beside # and ##', () => {
    const head = '#define S(x) #x\n#define T(x) S(x)\n#define J(a, b) a ## b\n#define one 1\n';
    expect(tokens(`${head}S(one) T(one) J(one, two) J(, x) J(x, ) J(1, 2)`)).toBe('"one" "1" onetwo x x 12');
  });

  it('spells an argument with single blanks and escaped quotes', () => {
    expect(tokens('#define S(x) #x\nS( a   +"b\\n"\n c )')).toBe(String.raw`"a +\"b\\n\" c"`);
  });

  it('passes variable arguments, with and without a name, and drops the comma before none', () => {
    const head =
      '#define P(f, ...) p(f, ##__VA_ARGS__)\n#define Q(f, r...) q(f, ## r)\n#define R(...) r(__VA_ARGS__)\n';
    expect(tokens(`${head}P(1) P(1, 2, 3) Q(1) Q(1, 2) R() R(a, (b, c))`)).toBe(
      'p ( 1 ) p ( 1 , 2 , 3 ) q ( 1 ) q ( 1 , 2 ) r ( ) r ( a , ( b , c ) )',
    );
  });

  it('keeps the text of __VA_OPT__ only when there are variable arguments', () => {
    const head = '#define P(f, ...) p(f __VA_OPT__(, [__VA_ARGS__]))\n';
    expect(tokens(`${head}P(1) P(1, 2)`)).toBe('p ( 1 ) p ( 1 , [ 2 ] )');
  });

  it('reads arguments across lines and directives', () => {
    expect(tokens('#define F(a, b) a-b\nF(1,\n#if 1\n2\n#else\n3\n#endif\n)')).toBe('1 - 2');
  });

  it('gives tokens of a body the line of the use, those of arguments their own', () => {
    const { tokens: read } = run('#define F(x) begin x end\n\nF(\na\n)');
    expect(read.map(({ text, line }) => `${text}@${line}`)).toEqual(['begin@3', 'a@4', 'end@3']);
  });

  it('forgets a macro after #undef and takes the newest definition', () => {
    expect(tokens('#define x 1\nx\n#undef x\nx\n#define x 2\nx')).toBe('1 x 2');
  });

  it('makes a call of a macro that is used with a number of arguments it does not take', () => {
    expect(tokens('#define F(a, b) a b\n#define one 1\nF(one, 2, (3, 4)) F()')).toBe(
      'F ( 1 , 2 , ( 3 , 4 ) ) F ( )',
    );
  });

  it('starts from a given table without changing it', () => {
    const { macros } = run('#define A 1\n#define B 2');
    expect(tokens('#define A 3\n#undef B\nA B', { macros })).toBe('3 B');
    expect(tokens('A B', { macros })).toBe('1 2');
  });

  it("lets a function that the source defines win over the table's macro of that name", () => {
    const { macros } = run('#define lock(x) __lock(x)\n#define each(x) for (; x; )');
    const text = 'void lock(int *x)\n{\n\teach(x) { }\n}\nvoid g(void) { lock(0); }';
    expect(tokens(text, { macros })).toBe(
      'void lock ( int * x ) { for ( ; x ; ) { } } void g ( void ) { lock ( 0 ) ; }',
    );
  });

  it('knows the loops of the kernel unless the table does', () => {
    expect(tokens('hlist_for_each(p, h) ;')).toBe('for ( p = ( h ) -> first ; p ; p = p -> next ) ;');
    const { macros } = run('#define hlist_for_each(p, h) mine');
    expect(tokens('hlist_for_each(p, h) ;', { macros })).toBe('mine ;');
    expect(tokens('#ifdef hlist_for_each\nyes\n#else\nno\n#endif')).toBe('no');
  });

  it('makes a guard a variable with a clean-up', () => {
    expect(tokens('guard(mutex)(&m);')).toBe(
      'class_mutex_t guard_0 __cleanup ( class_mutex_destructor ) = class_mutex_constructor ( & m ) ;',
    );
  });
});

describe('conditions', () => {
  const chosen = (condition: string, options: PreprocessOptions = {}, ours = false) =>
    tokens(`#if ${condition}\nyes\n#else\nno\n#endif`, options, ours);

  it.each([
    ['1 + 2 * 3 == 7 && !(4 > 5)', 'yes'],
    ['-1 > 0u', 'yes'],
    ['-1 > 0', 'no'],
    ['0xffffffffffffffff == -1', 'yes'],
    ['(1 << 63) < 0', 'yes'],
    ['1 ? 0 : 1', 'no'],
    ['017 == 15 && 0b11 == 3', 'yes'],
    ['undefined_name', 'no'],
    ['0 && 1 / 0', 'no'],
    ["'a' == 97", 'yes'],
    ['defined(X) || defined Y', 'no'],
  ])('#if %s: %s', (condition, answer) => {
    expect(chosen(condition)).toBe(answer);
  });

  it('says what no expression is, and takes it for false', () => {
    for (const condition of ['1 /', '(1', '1 2', '1 / 0', 'UNKNOWN(1)', '1.5', '']) {
      const { problems, tokens: read } = run(`#if ${condition}\nyes\n#else\nno\n#endif`);
      expect([condition, read[0]?.text, problems.length]).toEqual([condition, 'no', 1]);
    }
  });

  it('takes the first group that is true and reads no condition after it', () => {
    expect(tokens('#if 0\na\n#elif 1\nb\n#elif 1 / 0\nc\n#else\nd\n#endif')).toBe('b');
    expect(tokens('#if 0\n#if 1\na\n#else\nb\n#endif\n#else\nc\n#endif')).toBe('c');
    expect(tokens('#if 1\na\n#if 0\nb\n#endif\n#else\nc\n#endif')).toBe('a');
  });

  it('says which #if is never closed', () => {
    expect(run('a\n#if 1\nb').problems).toEqual([{ reason: '#if without #endif', line: 2 }]);
    expect(run('#endif').problems).toEqual([{ reason: '#endif without #if', line: 1 }]);
  });

  it('answers for the configuration, which can be overridden', () => {
    expect(chosen('IS_ENABLED(CONFIG_FS_DAX)')).toBe('yes');
    expect(chosen('IS_ENABLED(CONFIG_NUMA)')).toBe('no');
    expect(chosen('defined(CONFIG_SMP) && CONFIG_NR_CPUS > 4')).toBe('yes');
    expect(chosen('defined(CONFIG_SMP)', { config: new Map([['CONFIG_SMP', 'n']]) })).toBe('no');
    expect(tokens('if (IS_ENABLED(CONFIG_FS_DAX) && IS_BUILTIN(CONFIG_NUMA))')).toBe('if ( 1 && 0 )');
    expect(tokens('#define E(x) IS_ENABLED(x)\nE(CONFIG_SMP) E(CONFIG_NUMA)')).toBe('1 0');
    expect(tokens('#undef CONFIG_SMP\nIS_ENABLED(CONFIG_SMP) CONFIG_SMP')).toBe('0 CONFIG_SMP');
    expect(tokens('#undef CONFIG_SMP\n#ifdef CONFIG_SMP\nyes\n#else\nno\n#endif')).toBe('no');
  });

  it('asks about the code under review', () => {
    const features = {
      hasFunction: (name: string) => name === 'f',
      arity: (name: string) => (name === 'f' ? 3 : -1),
      uses: (name: string) => name === 'u',
      names: () => false,
    };
    const answers = ['__has_function(f) && !__has_function(g)', '__arity(f) == 3 && __arity(g) == -1'];
    for (const question of [...answers, '__uses(u) && !__uses(f)']) {
      expect(chosen(question, { features }, true), question).toBe('yes');
      // Who is reviewed learns nothing of it.
      expect(chosen(question, { features }), question).toBe('no');
    }
    expect(chosen('__has_function(f) || __arity(f) != -1 || __uses(u)', {}, true)).toBe('no');
  });
});

describe('includes', () => {
  const files = new Map([
    ['a.h', '#pragma once\n#define A 1\nint a;'],
    ['loop.h', '#include "loop.h"\nint loop;'],
  ]);
  const include = (name: string) => {
    const text = files.get(name);
    return text === undefined ? undefined : { file: name, text };
  };

  it('reads what it is given, once when the file says so, and skips the rest', () => {
    const { tokens: read, problems } = run('#include "a.h"\n#include <a.h>\n#include <linux/x.h>\nA', {
      include,
    });
    expect(read.map(({ text, file }) => `${text}@${file}`)).toEqual([
      'int@a.h',
      'a@a.h',
      ';@a.h',
      '1@test.c',
    ]);
    expect(problems).toEqual([]);
  });

  it('stops a file that includes itself', () => {
    const { problems } = run('#include "loop.h"', { include, limits: { includeDepth: 5 } });
    expect(problems).toEqual([{ reason: '#include nested over the limit at loop.h', line: 1 }]);
  });
});

describe('hostile text', () => {
  it('stops a macro bomb, names it, and leaves nothing that could be taken for code', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `#define M${i + 1} M${i} M${i}`).join('\n');
    const { problems, tokens: read } = run(`#define M0\n${doubling}\nM60 M1 plain`);
    expect(problems).toEqual([{ reason: 'macro growth over the limit in M60', line: 62 }]);
    expect(read.map(({ text }) => text).slice(-2)).toEqual(['unusable macro M1', 'plain']);
  });

  it('stops growth by pasting and by spelling', () => {
    const nested = (name: string) => `${`${name}(`.repeat(60)}a${')'.repeat(60)}`;
    for (const definition of [
      '#define C(x) x##x\n#define D(x) C(x)',
      '#define S(x) #x\n#define D(x) S(x x)',
    ]) {
      const { tokens: read } = run(`${definition}\n${nested('D')}`);
      expect(Math.max(...read.map(({ text }) => text.length))).toBeLessThan(110_000);
    }
  });

  it('loses no function behind a macro whose bracket is never closed', () => {
    const { tokens: read, problems } = run('#define F(x) x\nvoid f(void)\n{\n\tF((1;\n}\nint after;');
    expect(problems).toEqual([{ reason: 'macro arguments without closing bracket', line: 4 }]);
    expect(read.map(({ text }) => text).join(' ')).toBe('void f ( void ) { unusable macro F } int after ;');
  });

  it('refuses a line or a file that is longer than the limit', () => {
    expect(run('x'.repeat(50), { limits: { lineLength: 40 } }).problems[0]?.reason).toMatch(
      /line 1 is longer than 40/,
    );
    expect(run('x\n'.repeat(50), { limits: { fileLength: 40 } }).problems[0]?.reason).toMatch(
      /longer than 40/,
    );
  });

  it('reads any text in time that grows like the text', () => {
    const text = `${'"\\'.repeat(20_000)}\n${'#if 1\n'.repeat(20_000)}${'F(\n'.repeat(20_000)}`;
    const begun = performance.now();
    run(`#define F(x) x\n${text}`);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('copies a table of macros without copying its macros', () => {
    let table = new Macros();
    for (let i = 0; i < 3; i += 1) table = run(`#define A${i} ${i}`, { macros: table }).macros;
    expect(tokens('A0 A1 A2', { macros: table })).toBe('0 1 2');
  });
});
