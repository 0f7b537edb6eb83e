import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { breakCode } from '../../src/race/break-code.js';
import { judge } from '../../src/race/judge.js';
import type { Outcome } from '../../src/race/outcome.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-pmd-insert-race')!;
const broken = breakCode(readBaseline(race.era), race);
const found = verdictOf(judge(race, broken));

function verdictOf({ verdict, violations }: Outcome) {
  return { verdict, signatures: violations.map(({ signature }) => signature) };
}

/** The race as it is, with something more at the end of the file. */
function withText(text: string): Code {
  const path = 'fs/dax.c';
  return { ...broken, files: new Map(broken.files).set(path, `${broken.files.get(path)}\n${text}\n`) };
}

describe('a race that is there stays there', () => {
  it.each([
    ["the race's check", 'void finally(void) { }'],
    ["the race's threads", 'void first(void) { }\nvoid second(void) { }'],
    ["the race's set-up", 'void start(void) { }'],
    ['a role', 'int page_fault(int a, unsigned long b, int c) { return 0; }'],
    ['a check of the model', 'void check_page_tables(void) { }\nvoid check_no_locked_entry(void) { }'],
    ['what checks count', 'int fell_back;\nint processes;'],
    ['a part of the model', 'void *tree_peek(struct xarray *tree, unsigned long index) { return 0; }'],
  ])('when a patch calls something of its own like %s', (_, text) => {
    expect(found.verdict).toBe('violated');
    expect(verdictOf(judge(race, withText(text)))).toEqual(found);
  });

  it.each([
    ['as a variable', 'static int get_block_t;'],
    ['as a label', 'static int f(void) { goto get_block_t; get_block_t: return 0; }'],
    ['where it is left out', '#if 0\nget_block_t f;\n#endif'],
    ['in a macro that nobody uses', '#define f(x) get_block_t x'],
    ['in an attribute', 'static int f __attribute__((section("x"), get_block_t));'],
    ['in a function that cannot be read', 'static int f(void) { get_block_t x = @ $ ; }'],
  ])('when a patch says a word of other kernels: %s', (_, text) => {
    expect(verdictOf(judge(race, withText(text)))).toEqual(found);
  });

  it.each([
    ['a constant', 'enum { get_block_t };\nstatic int f(void) { return get_block_t; }'],
    ['a member', 'struct s { int get_block_t; };\nstatic int f(struct s *s) { return s->get_block_t; }'],
    ['a macro', '#define get_block_t get_block_t\nstatic int f(void) { return get_block_t; }'],
  ])('or nobody says a thing, when a patch has and uses something of that name: %s', (_, text) => {
    const { verdict, why } = judge(race, withText(text));
    expect(verdict).toBe('not-analysed');
    expect(why).toEqual(["get_block_t tells kernels apart, and is a name of the file's own"]);
  });
});
