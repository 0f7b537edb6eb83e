import { describe, expect, it } from 'vitest';
import { maskText } from './mask.js';
import { everyStatement, parseStatement } from './parse-statements.js';

/** The simple statements of a block and the conditions in it, as text. */
function read(block: string) {
  const masked = maskText(block);
  const body = parseStatement(masked, 0);
  if (body === undefined) return undefined;
  const all = everyStatement(body);
  return {
    simple: all.filter(({ kind }) => kind === 'simple').map(({ from, to }) => block.slice(from, to)),
    conditions: all.flatMap(({ condition }) =>
      condition === undefined ? [] : [block.slice(condition.from, condition.to)],
    ),
  };
}

describe('statements', () => {
  it('are found in branches, loops, switches and behind labels', () => {
    const block = `{
  if (a) b(); else if (c) { d(); } else e();
  do f(); while (g(1));
  switch (h) { case 1: case X: i(); break; default: j(); }
  while (k) ;
again:
  for (;;) l();
  m_for_each(n, o) { p(); }
}`;
    expect(read(block)).toEqual({
      simple: ['b();', 'd();', 'e();', 'f();', 'i();', 'break;', 'j();', ';', 'l();', 'p();'],
      conditions: ['a', 'c', 'g(1)', 'h', 'k', ';;', 'n, o'],
    });
  });

  it('end where initialisers with braces end', () => {
    expect(read('{ struct s t = { .a = 1, .b = { 2 } }; u(); }')?.simple).toEqual([
      'struct s t = { .a = 1, .b = { 2 } };',
      'u();',
    ]);
  });

  it('are read through preprocessor lines', () => {
    expect(
      read('{\n  if (a)\n    b();\n#ifdef C\n  else if (c)\n    d();\n#endif\n  else\n    e();\n}'),
    ).toEqual({
      simple: ['b();', 'd();', 'e();'],
      conditions: ['a', 'c'],
    });
  });

  it('that break off are not guessed at', () => {
    expect(read('{ if (a) }')).toBeUndefined();
    expect(read('{ a(')).toBeUndefined();
  });
});
