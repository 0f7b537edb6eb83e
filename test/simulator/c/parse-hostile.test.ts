import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsed } from './spell.js';

const many = 8000;
const broken = (text: string) => parsed(`int f(void)\n{\n${text}\n}\nint g(void) { return 1; }`).functions;

describe('hostile C', () => {
  it.each([
    ['brackets', `return ${'('.repeat(many)}1${')'.repeat(many)};`],
    ['brackets that stay open', `return ${'('.repeat(many)}`],
    ['braces', `${'{'.repeat(many)}${'}'.repeat(many)}`],
    ['signs', `return ${'- '.repeat(many)}1;`],
    ['casts', `return ${'(int)'.repeat(many)}1;`],
    ['sums', `return ${'1+\n'.repeat(many)}1;`],
    ['commas', `return ${'a,\n'.repeat(many)}1;`],
    ['assignments', `${'a=\n'.repeat(many)}1;`],
    ['conditionals', `${'a?b:\n'.repeat(many)}1;`],
    ['conditionals without middle', `${'a?:\n'.repeat(many)}1;`],
    ['members', `a${'.b'.repeat(many)};`],
    ['calls', `a${'(b'.repeat(many)}${')'.repeat(many)};`],
    ['labels', `${'a:\n'.repeat(many)};`],
    ['else', `${'if (a) b; else\n'.repeat(many)}c;`],
    ['stars', `a ${'*'.repeat(many)}b;`],
    ['lists', `int a[] = ${'{'.repeat(many)}${'}'.repeat(many)};`],
    ['declarators', `int ${'(*'.repeat(many)}a${')'.repeat(many)};`],
    ['arrays', `int a${'[1]'.repeat(many)};`],
    ['structs', `${'struct {'.repeat(many)}${'} a;'.repeat(many)}`],
    ['typeof', `${'typeof('.repeat(many)}1${')'.repeat(many)} a;`],
    ['statement expressions', `${'({'.repeat(many)}1;${'})'.repeat(many)};`],
  ])('breaks a function nested in %s, quickly, and reads on where braces allow', (what, text) => {
    const begun = performance.now();
    const [f, g] = broken(text);
    expect(f!.broken?.reason).toMatch(/over the limit|longer than the limit|expected|never closed/);
    if (what !== 'braces') expect(g).toMatchObject({ name: 'g', broken: undefined });
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('counts chains inside brackets inside chains', () => {
    const chain = (inner: string) => `(${inner}${'+1'.repeat(300)}\n)`;
    let text = 'a';
    for (let i = 0; i < 50; i += 1) text = chain(text);
    expect(broken(`return ${text};`)[0]!.broken?.reason).toBe('expression longer than the limit');
    const [f] = broken(`return f(${Array.from({ length: 50 }, () => chain('a')).join(',')});`);
    expect(f!.broken).toBeUndefined();
  });

  it('reads what is deep but not over the limit', () => {
    const [f] = broken(`return ${'('.repeat(100)}1${')'.repeat(100)};`);
    expect(f!.broken).toBeUndefined();
  });

  it('reads a function of 50,000 lines', () => {
    const [f] = broken('\tif (a->b[1] > f(c)) a->c = g(d) + 1;\n'.repeat(50_000));
    expect([f!.broken, f!.body.length]).toEqual([undefined, 50_000]);
  });

  it('gives up on a text that is no C after a number of problems', () => {
    const unit = parsed('a b c d;\n'.repeat(5000));
    expect(unit.problems.length).toBe(1001);
    expect(unit.problems[1000]!.reason).toBe('too many problems: the rest of the file was not read');
  });

  it('never throws and always ends, whatever the tokens', () => {
    const words =
      'int foo_t x struct { } ( ) [ ] ; , = * & . -> : ? ... 1 "s" if else for while do switch case default goto ' +
      'return sizeof typeof static typedef enum __attribute__ __x FOO #define # ## \n asm _Generic union __auto_type ' +
      "inline const '\\' /* */ // 'a' 0x 1.5 \\ SYSCALL_DEFINE1 LIST_HEAD container_of guard IS_ENABLED";
    const word = fc.constantFrom(...words.split(/ +/));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (tokens) => {
        const unit = parsed(`${tokens.join(' ')}\nint last(void)\n{\n}\n`);
        expect(Array.isArray(unit.functions)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
