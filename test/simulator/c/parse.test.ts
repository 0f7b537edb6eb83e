import { describe, expect, it } from 'vitest';
import { body, declaration, parsed, type } from './spell.js';

describe('expressions', () => {
  it.each([
    ['a = b + c * d - e', '(a=((b+(c*d))-e))'],
    ['a | b ^ c & d == e < f << g', '(a|(b^(c&(d==(e<(f<<g))))))'],
    ['a && b || c && d', '((a&&b)||(c&&d))'],
    ['a = b ? c : d ? e : f', '(a=(b?c:(d?e:f)))'],
    ['a ?: b', '(a?:b)'],
    ['a = b += c', '(a=(b+=c))'],
    ['a, b = c', '(a,(b=c))'],
    ['-a.b->c[d](e, f)++', '(-(a.b->c[d](e,f)++))'],
    ['!*--p & ~q', '((!(*(--p)))&(~q))'],
    ['*p++ = &a', '((*(p++))=(&a))'],
    ['sizeof a + sizeof(int) * sizeof(x)', '((sizeof a+(sizeof <i32>*sizeof x)))'.slice(1, -1)],
    ['sizeof(struct s *) + sizeof(x)->y', '(sizeof <*struct s>+sizeof x->y)'],
    ['_Alignof(long)', 'alignof <i64>'],
    ['a = ({ int x = 1; x; })', '(a=({[x:i32=1] x;}))'],
    ['p = &&out', '(p=&&out)'],
    ['"a" "b\\n" "\\x41\\101"', '"ab\\nAA"'],
    ['printk(KERN_ERR "a %" PRIu64 "\\n")', 'printk("a %\\n")'],
    ['f(__func__)', 'f("f")'],
    ["'a' + '\\n' + '\\0' + '\\''", '(((97+10)+0)+39)'],
  ])('%s', (text, spelled) => {
    expect(body(`${text};`)).toBe(`${spelled};`);
  });

  it('gives numbers the type that C gives them', () => {
    expect(body('f(1, 2147483648, 0x80000000, 1u, 1l, 1ul, 0xffffffffffffffff, 0777, 0b101);')).toBe(
      'f(1,2147483648i64,2147483648u32,1u32,1i64,1u64,18446744073709551615u64,511,5);',
    );
    expect(body('1.5;')).toBe('broken: floating-point constant');
    expect(body('089;')).toBe('broken: 089 is no number');
  });

  it('reads the built-ins that take types', () => {
    expect(body('a = __builtin_offsetof(struct s, m.n[2].o);')).toBe('(a=offsetof(struct s,.m.n[2].o));');
    expect(body('a = offsetof(t, m);')).toBe('(a=offsetof(t,.m));');
    expect(body('a = __builtin_types_compatible_p(int, typeof(x));')).toBe('(a=compatible(i32,typeof(x)));');
    expect(body('a = __builtin_choose_expr(1, b, c);')).toBe('(a=choose(1,b,c));');
    expect(body('a = _Generic(x, int *: 1, default: 2);')).toBe('(a=generic(x,*i32:1,default:2));');
  });

  it('says what it cannot read, and where', () => {
    const [made] = parsed('void f(void)\n{\n\tint a;\n\ta = va_arg(ap, int);\n}').functions;
    expect(made!.broken).toEqual({ reason: 'variable arguments are not modelled', line: 4 });
    expect(body('a = unknown_of(x, struct s);')).toBe(
      'broken: unknown macro unknown_of() with a type as argument',
    );
    expect(body('f(a) = b + 1 = 2;')).toBe('broken: assignment to something that is no variable');
  });
});

describe('is it a type', () => {
  it.each([
    ['a cast to a known name', '(known)x', '<known>x;'],
    ['a name in brackets', '(a) * x', '(a*x);'],
    ['a name that ends in _t, before an operand', '(a_t)x + (b_t)-1', '(<a_t>x+<b_t>(-1));'],
    ['a name that ends in _t, before an operator', '(a_t) / 2', '(a_t/2);'],
    ['a name before a star and a bracket', '(a *)x', '<*a>x;'],
    ['several stars, qualifiers and attributes', '(const a __user *const *)x', '<**a>x;'],
    ['a product in brackets', '(a * b)', '(a*b);'],
    ['a compound literal', '(a){ 1 }', '<a>{1};'],
    ['a literal of an array', 'f((int []){ 1, 2 })', 'f(<[]i32>{1,2});'],
    ['sizeof a name', 'sizeof(a) + sizeof(b_t) + sizeof(known)', '((sizeof a+sizeof <b_t>)+sizeof <known>);'],
    ['a function pointer', '(void (*)(int, char *))x', '<*(:i32,:*i8)->void>x;'],
    ['typeof', '(typeof(*p) *)x', '<*typeof((*p))>x;'],
  ])('%s', (_what, text, spelled) => {
    expect(body(`${text};`, ['known'])).toBe(spelled);
  });

  it.each([
    ['two names', 'foo x;', '[x:foo]'],
    [
      'a star between names that are declared',
      'foo *x; foo **y = z, w; foo *a[3];',
      '[x:*foo] [y:**foo=z; w:foo] [a:[3]*foo]',
    ],
    ['a product', 'a * b + c;', '((a*b)+c);'],
    ['a call', 'a(b);', 'a(b);'],
    ['a label', 'foo: x;', 'foo: x;'],
    ['a function pointer of a known type', 'known (*f)(int);', '[f:*(:i32)->known]'],
    ['qualifiers', 'const foo *x; foo const y;', '[x:*foo] [y:foo]'],
    ['attributes', '__maybe_unused foo x; foo __user *y;', '[x:foo] [y:*foo]'],
    [
      'an attribute nobody told of',
      'int __odd x; __odd struct s *y; ODD_ONE unsigned z;',
      '[x:i32] [y:*struct s] [z:u32]',
    ],
  ])('a statement of %s', (_what, text, spelled) => {
    expect(body(text, ['known'])).toBe(spelled);
  });

  it('lets a local variable hide a type until its scope ends', () => {
    expect(body('{ int known, k_t; known * x; (k_t) - 1; } known *x;', ['known'])).toBe(
      '{[known:i32; k_t:i32] (known*x); (k_t-1);} [x:*known]',
    );
    expect(body('{ typedef int mine; mine *x; } mine * x + 1;')).toBe(
      '{[typedef mine:i32] [x:*mine]} ((mine*x)+1);',
    );
  });

  it('adds the names that a unit declares to those it was given', () => {
    const typedefs = new Set<string>();
    const unit = parsed('typedef struct { int a; } one, *two;\ntypedef int (*three)(one);');
    expect(unit.declarations.map(declaration)).toEqual([
      'typedef one:struct{a:i32}',
      'typedef two:*struct{a:i32}',
      'typedef three:*(:one)->i32',
    ]);
    expect(typedefs.size).toBe(0);
  });

  it('takes a macro that it does not know before a call for no declaration', () => {
    expect(body('SOMETHING_ODD\n\tg();')).toBe('broken: unknown macro SOMETHING_ODD');
  });
});

describe('statements', () => {
  it.each([
    ['if (a) b; else if (c) d; else e;', 'if a b; else if c d; else e;'],
    ['if (a) if (b) c; else d;', 'if a if b c; else d;'],
    ['while (a) { b; continue; }', 'while a {b; continue;}'],
    ['do a; while (b);', 'do a; while b;'],
    ['for (;;) break;', 'for (||) break;'],
    ['for (int i = 0, *p; i < 3; i++, p--) ;', 'for ([i:i32=0; p:*i32]|(i<3)|((i++),(p--))) ;'],
    [
      'switch (a) { case 1: case 2 ... 4: b; fallthrough; default: c; }',
      'switch a {case 1: case 2...4: b; ; default: c;}',
    ],
    ['goto out; out: return a; end: ;', 'goto out; out: return a; end: ;'],
    ['{ out: }', '{out: ;}'],
    ['out: int x; return;', 'out: [x:i32] return;'],
    ['asm volatile("nop" ::: "memory"); __label__ a, b; a;', 'asm; ; a;'],
    ['__attribute__((fallthrough)); ;', '; ;'],
    [
      'static int a = 1; extern int b; int c, *d = &c;',
      '[static a:i32=1] [extern b:i32] [c:i32; d:*i32=(&c)]',
    ],
    [
      'int x __attribute__((cleanup(put))) = 1; void *y __free(kfree) = 0;',
      '[x:i32 cleanup put=1] [y:*void cleanup __free_kfree=0]',
    ],
    ['__auto_type x = a + 1; auto y = b;', '[x:typeof((a+1))=(a+1)] [y:typeof(b)=b]'],
    [
      '_Static_assert(sizeof(int) == 4, "text"); static_assert(1);',
      '[assert (sizeof <i32>==4) "text"] [assert 1 ""]',
    ],
  ])('%s', (text, spelled) => {
    expect(body(text)).toBe(spelled);
  });

  it.each([
    ['for_each_thing(x) {\n g(x);\n}', 'broken: unknown loop macro for_each_thing()'],
    ['for_each_thing(x) g(x);', 'broken: unknown loop macro for_each_thing()'],
    ['for_each_thing(x) *x = 0;', 'broken: unknown loop macro for_each_thing()'],
    ['for_each_thing(x)\n\tif (x) g(x);', 'broken: unknown loop macro for_each_thing()'],
    ['bus_for_each_dev(x, g);', 'bus_for_each_dev(x,g);'],
    ['goto *p;', 'broken: computed goto'],
    ['static DEFINE_ODD(x);', 'broken: unknown macro DEFINE_ODD() as a declaration'],
    ['a b c;', "broken: ';' expected, not 'c'"],
  ])('never guesses: %s', (text, spelled) => {
    expect(body(text)).toBe(spelled);
  });
});

describe('declarations', () => {
  const all = (text: string, typedefs: string[] = []) => parsed(text, typedefs).declarations.map(declaration);

  it.each([
    [
      'unsigned long long a; long int unsigned b; signed char c; short d; char e; _Bool f;',
      'a:u64|b:u64|c:i8|d:i16|e:i8|f:bool',
    ],
    ['int *a[3], (*b)[3], *(*c)(void), (*d[2])(int);', 'a:[3]*i32|b:*[3]i32|c:*()->*i32|d:[2]*(:i32)->i32'],
    ['int a[2][3]; int b[] = { [0 ... 3] = 1, [5] = 2 };', 'a:[2][3]i32|b:[]i32={[0...3]=1,[5]=2}'],
    [
      'struct s { int a : 3, : 5; union { u32 b; u8 c[4]; }; struct s *next; } x;',
      'x:struct s{a/3:i32;/5:i32;:union{b:u32;c:[4]u8};next:*struct s}',
    ],
    ['struct s x = { .a = 1, .b.c[2] = { 3 }, old: 4, 5 };', 'x:struct s={.a=1,.b.c[2]={3},.old=4,5}'],
    [
      'struct __packed s { char a; }; struct t { int b; } __attribute__((packed)) c;',
      'packed struct s{a:i8}|c:packed struct t{b:i32}',
    ],
    ['enum e { A, B = 2, C, }; enum e x = A;', 'enum e{A,B=2,C}|x:enum e=A'],
    ['struct s;', 'struct s'],
    ['static inline int f(int a[3], void (*g)(void), ...);', 'prototype f:(a:*i32,g:*()->void,...)->i32'],
    ['extern void f(struct s *, foo_t);', 'prototype f:(:*struct s,:foo_t)->void'],
    ['static int (*handler)(int) = f;', 'static handler:*(:i32)->i32=f'],
    ['static const struct ops o = { .read = f, };', 'static o:struct ops={.read=f}'],
    ['static DEFINE_SPINLOCK(lock); LIST_HEAD(l);', 'static lock:spinlock_t|l:struct list_head={(&l),(&l)}'],
    [
      'struct s { void (*f)(struct s *); foo_t g; DECLARE_BITMAP(map, 70); };',
      'struct s{f:*(:*struct s)->void;g:foo_t;map:[((70+63)/64)]u64}',
    ],
    ['unsigned int __bitwise a __read_mostly = 1;', 'a:u32=1'],
  ])('%s', (text, spelled) => {
    expect(all(text)).toEqual(spelled.split('|'));
  });

  it('skips what defines nothing that runs, and says what it does not know', () => {
    const unit = parsed(
      'EXPORT_SYMBOL_GPL(f);\nMODULE_LICENSE("x");\nODD_THING(a, b)\nfs_initcall(g);\nint x;',
    );
    expect(unit.declarations.map(declaration)).toEqual(['x:i32']);
    expect(unit.problems).toEqual([{ reason: 'unknown macro ODD_THING() outside functions', line: 3 }]);
  });

  it('goes on behind a declaration that it cannot read', () => {
    const unit = parsed('int a b c;\nstruct s { ODD(x); };\nint x = = 1;\nint y;');
    expect(unit.declarations.map(declaration)).toEqual(['y:i32']);
    expect(unit.problems.map(({ line }) => line)).toEqual([1, 2, 3]);
  });
});

describe('functions', () => {
  it('keeps name, type, storage and the lines', () => {
    const [made] = parsed(
      'static inline __must_check vm_fault_t\nfault(struct vm_fault *vmf,\n      int size)\n{\n}\n',
    ).functions;
    expect(made).toMatchObject({
      name: 'fault',
      static: true,
      inline: true,
      step: 'plain',
      line: 2,
      endLine: 5,
    });
    expect(type(made!.type)).toBe('(vmf:*struct vm_fault,size:i32)->vm_fault_t');
  });

  it.each([
    'void __init f(void) {}',
    '__odd_attribute void f(void) {}',
    'static noinline void __sched __odd f(void) {}',
    '__attribute__((noinline)) void f(void) {}',
    'static __printf(1, 2) void f(void) {}',
    'void f(void) __acquires(lock) __releases(&other->lock) {}',
    'void f(void) __odd_annotation(x) {}',
    'asmlinkage __visible void f(void) {}',
    'ODD_API void f(void) {}',
  ])('reads through attributes: %s', (text) => {
    const unit = parsed(text);
    expect(unit.problems).toEqual([]);
    expect(unit.functions.map(({ name, broken }) => [name, broken])).toEqual([['f', undefined]]);
  });

  it('knows the specifiers of the model only in its own files', () => {
    const text = 'atomic void a(void) {}\nstatic fused int b(void) {}\natomic int x;';
    const steps = (ours: boolean) =>
      parsed(text, [], {}, ours).functions.map(({ name, step }) => `${name} ${step}`);
    expect(steps(true)).toEqual(['a atomic', 'b fused']);
    expect(steps(false)).toEqual(['a plain', 'b plain']);
  });

  it('makes a system call a function with its parameters', () => {
    const [made] = parsed(
      'SYSCALL_DEFINE2(odd, int, fd, const char __user *, name)\n{\n\treturn fd;\n}',
    ).functions;
    expect([made!.name, type(made!.type)]).toEqual(['sys_odd', '(fd:i32,name:*i8)->i64']);
  });

  it('breaks one function and reads the next', () => {
    const made = parsed('void a(void)\n{\n\tx = = 1;\n}\nvoid b(void) { y; }\n').functions;
    expect(made.map(({ name, broken, endLine }) => [name, broken?.line, endLine])).toEqual([
      ['a', 3, 4],
      ['b', undefined, 5],
    ]);
  });

  it('finds the next function when braces are missing', () => {
    const made = parsed('void a(void)\n{\n\tif (x) {\n}\n\nvoid b(void)\n{\n}\n').functions;
    expect(made.map(({ name, broken }) => [name, broken !== undefined])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('keeps a function whose head it cannot read as a broken one', () => {
    const unit = parsed('int f(int = 3)\n{\n\treturn 1;\n}\nint g(void) { return 2; }');
    expect(unit.functions.map(({ name, broken }) => [name, broken?.reason])).toEqual([
      ['f', "head of a function: ',' expected, not '='"],
      ['g', undefined],
    ]);
  });

  it('breaks a function in which a macro could not be expanded', () => {
    const [made] = parsed('#define A B B\n#define B C C\n#define C x x\nvoid f(void) { A; }', [], {
      limits: { macroTokens: 5 },
    }).functions;
    expect(made!.broken?.reason).toMatch(/unusable macro/);
  });
});
