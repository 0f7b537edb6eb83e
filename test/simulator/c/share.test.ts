import { describe, expect, test } from 'vitest';
import { compile } from '../../../simulator/c/compile.js';
import { programHash } from '../../../simulator/index.js';

const model = `
struct page { int count; void *mapping; };
struct page the_page;
static int twice(int n) { return 2 * n; }
int get_page(struct page *page) { page->count += twice(1); return page->count; }
int ask_hook(void) { return hook(); }
const char *name_of(void) { return "a page"; }
`;
const plain = 'int first(void) { return get_page(&the_page); }';
const hooked = 'int hook(void) { return 7; }\nint first(void) { return ask_hook(); }';
const grown = 'int first(void) { return (int)the_page.nobody_declared_this + get_page(&the_page); }';
const named = 'const char *first(void) { const char *mine = "a page"; return mine ? name_of() : mine; }';
const all = { plain, hooked, grown, named };

/** Compiled one after the other beside one model; `copy` makes that model a text that is not known yet. */
function hashes(copy: number, names: (keyof typeof all)[]): Record<string, string> {
  const done = names.map((name) => {
    const { program } = compile({
      sources: [
        { path: 'model.c', text: `${model}/* ${copy} */`, origin: 'model' },
        { path: 'race.c', text: all[name], origin: 'race' },
      ],
      headers: new Map(),
      roots: ['first'],
    });
    return [name, programHash(program)];
  });
  return Object.fromEntries(done);
}

describe('programs with units in common', () => {
  test('are the same in whatever order they are made, and alone', () => {
    const forth = hashes(1, ['plain', 'hooked', 'grown', 'named']);
    expect(hashes(2, ['named', 'grown', 'hooked', 'plain'])).toEqual(forth);
    expect(hashes(3, ['hooked', 'plain', 'named', 'grown'])).toEqual(forth);
    expect(hashes(4, ['plain'])).toEqual({ plain: forth.plain });
    expect(hashes(5, ['grown'])).toEqual({ grown: forth.grown });
  });

  test('may answer a call that the common units leave open', () => {
    const sources = (text: string) => [
      { path: 'model.c', text: `${model}/* open */`, origin: 'model' as const },
      { path: 'race.c', text, origin: 'race' as const },
    ];
    const made = (text: string) => compile({ sources: sources(text), headers: new Map(), roots: ['first'] });
    expect(made('int first(void) { return ask_hook(); }').unknown).toEqual(['hook']);
    expect(made(hooked).unknown).toEqual([]);
    expect(made('int first(void) { return ask_hook(); }').unknown).toEqual(['hook']);
  });
});
