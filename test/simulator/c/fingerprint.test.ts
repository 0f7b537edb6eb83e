import { describe, expect, it } from 'vitest';
import { differing, fingerprints } from '../../../simulator/c/fingerprint.js';

const of = (text: string, headers: [string, string][] = []) =>
  fingerprints([{ path: 'fs/x.c', text, origin: 'reviewed' }], new Map(headers));

/** Names of functions that differ between two texts. */
function changed(before: string, after: string): string[] {
  const [was, is] = [of(before), of(after)];
  return [...was.keys()].filter((name) => was.get(name)?.code !== is.get(name)?.code);
}

const text = `
#define LIMIT 10
struct pair { int a; int b; };
enum { LOW = 1, HIGH };
static int table[] = { 1, 2 };
static inline int twice(int n) { return n * 2; }
int limited(int n) { return n > LIMIT; }
int second(struct pair *p) { return p->b; }
int high(void) { return HIGH; }
int looked(int n) { return table[n]; }
int calls(int n) { return twice(n); }
int hidden(struct unseen *u) { return u->first + u->second; }
`;

describe('the fingerprint of a function', () => {
  it('does not see comments, blanks and lines', () => {
    expect(
      changed(text, text.replace('int high', '/* moved */\n\n\nint   high').replace('n * 2', 'n\n\t* 2')),
    ).toEqual([]);
  });

  it('does not see the names of locals, which mean nothing', () => {
    expect(changed('int f(int a) { int b = a; return b; }', 'int f(int x) { int y = x; return y; }')).toEqual(
      [],
    );
  });

  it.each([
    ['LIMIT 10', 'LIMIT 11', ['limited']],
    ['int a; int b;', 'int a; long c; int b;', ['second']],
    ['LOW = 1', 'LOW = 2', ['high']],
    ['{ 1, 2 }', '{ 1, 3 }', ['looked']],
    ['n * 2', 'n * 3', ['twice']],
    ['twice(n); }', 'twice(n + 1); }', ['calls']],
    ['u->first +', 'u->third +', ['hidden']],
  ])('changes with %s to %s', (from, to, names) => {
    expect(changed(text, text.replace(from, to))).toEqual(names);
  });

  it('does not depend on what other functions need of a struct that nobody declares', () => {
    const more = text.replace('int hidden', 'int earlier(struct unseen *u) { return u->zero; }\nint hidden');
    expect(changed(text, more)).toEqual([]);
  });

  it('changes where the world of the model never comes to, too', () => {
    const headers: [string, string][] = [
      ['prelude.h', '#define PageHWPoison(page) 0\n#define twice(n) (2 * (n))\n'],
    ];
    const code = (then: string) =>
      of(`int f(void *page) { if (PageHWPoison(page)) return ${then}; return twice(0); }`, headers).get('f')!
        .code;
    expect(code('1')).not.toBe(code('2'));
    expect(code('1')).toBe(code('0 + 1'));
  });

  it('keeps what orders memory beside it: the code is the same with and without', () => {
    const one = of('int x; int f(int *p) { barrier(); smp_rmb(); return READ_ONCE(*p) + x; }').get('f')!;
    expect(one.orders.map(({ name }) => name)).toEqual(['barrier', 'smp_rmb', 'READ_ONCE']);
    const other = of('int x; int f(int *p) { return READ_ONCE(*p) + x; }').get('f')!;
    expect(other.code).toBe(one.code);
  });

  it('sees a change in a function that cannot be lowered', () => {
    const broken = 'int f(int n) { int a[n]; return a[0]; }';
    expect(changed(broken, broken.replace('a[0]', 'a[1]'))).toEqual(['f']);
    expect(changed(broken, broken.replace('int a', '/* x */ int a'))).toEqual([]);
  });
});

describe('two texts of one file', () => {
  const lines = 'static int limit = 3;\nint work(int n)\n{\n\treturn n > limit;\n}';
  const names = (before: string, after: string) => {
    const [one, other] = [before, after].map(
      (each) => ({ path: 'fs/x.c', text: each, origin: 'reviewed' }) as const,
    );
    const sides = differing(one!, other!, new Map());
    return [...sides.before].flatMap(([name, was]) =>
      sides.after.get(name)?.code === was.code ? [] : [name],
    );
  };

  it('differ in what a declaration between functions changes', () => {
    expect(names(`${lines}\n`, `${lines.replace('= 3', '= 4')}\n`)).toEqual(['work']);
  });

  it('differ in it also where it hides behind the end of a function, or before its head', () => {
    const behind = (n: number) => `int first(void)\n{\n\treturn 1;\n} ${lines.replace('= 3', `= ${n}`)}\n`;
    expect(names(behind(3), behind(4))).toEqual(['work']);
    const ahead = (n: number) => `static int limit = ${n}; int work(int n)\n{\n\treturn n > limit;\n}\n`;
    expect(names(ahead(3), ahead(4))).toEqual(['work']);
  });
});
