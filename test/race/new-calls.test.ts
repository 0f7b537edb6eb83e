import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { withNewCalls } from '../../src/race/new-calls.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-page-of-file')!;
const before = readBaseline(race.era);

/** The same code whose page is let go by a function that a header not at hand has. */
function changed(change: (text: string) => string): Code {
  const text = before.files.get('fs/dax.c')!;
  expect(change(text)).not.toBe(text);
  return { ...before, files: new Map([...before.files, ['fs/dax.c', change(text)]]) };
}

describe('a patch that moves what it did into a function nobody has', () => {
  const letGo = 'page->mapping = NULL;';
  const after = changed((text) => text.replaceAll(letGo, 'let_go_of_page(page);'));
  const outcomes = [judge(race, before), judge(race, after)] as const;

  it('is not said to open what follows when that does nothing', () => {
    expect(outcomes[1].verdict).toBe('violated');
    const told = withNewCalls(...outcomes, before, after);
    expect(told.newCalls).toEqual(['let_go_of_page']);
    expect(compare(outcomes[0], told).map(({ status }) => status)).not.toContain('introduced');
  });

  it('nor to be clean', () => {
    const held = withNewCalls(
      outcomes[0],
      { ...outcomes[1], verdict: 'holds', violations: [] },
      before,
      after,
    );
    expect(held).toMatchObject({ verdict: 'not-analysed' });
    expect(held.why.join()).toContain('let_go_of_page() is not modelled, and was not called here before');
  });

  it('is said to open it when nothing took its place', () => {
    const without = judge(
      race,
      changed((text) => text.replaceAll(letGo, '')),
    );
    expect(compare(outcomes[0], without).map(({ status }) => status)).toContain('introduced');
  });

  it('has only new calls where the scenario was not run before and the text has them', () => {
    const unrun = { ...outcomes[0], verdict: 'absent' as const, unknown: [] };
    const names = { ...outcomes[1], unknown: ['xas_nowhere', 'dax_wake_entry'] };
    expect(withNewCalls(unrun, names, before, after).newCalls).toEqual(['xas_nowhere']);
  });

  it('may print', () => {
    const prints = judge(
      race,
      changed((text) => text.replaceAll(letGo, `pr_debug("gone");\n${letGo}`)),
    );
    expect(withNewCalls(outcomes[0], prints, before, after)).toMatchObject({ verdict: 'holds' });
  });

  it.each([
    'void trace_gone(struct page *page) __attribute__((alias("let_go")));',
    'void trace_gone(struct page *page);\n#pragma weak trace_gone = let_go',
    'asm(".set trace_gone, let_go");',
  ])('may not trace by what is its own name for something: %s', (declared) => {
    const call = (text: string) => text.replaceAll(letGo, `trace_gone(page);\n${letGo}`);
    const traces = changed(call);
    const own = changed((text) => `${declared}\n${call(text)}`);
    const told = (code: Code) => withNewCalls(outcomes[0], judge(race, code), before, code).newCalls;
    expect([told(traces), told(own)]).toEqual([[], ['trace_gone']]);
  });
});
