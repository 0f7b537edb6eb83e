import { describe, expect, it } from 'vitest';
import { brace } from '../../../src/code/graft/brace.js';
import { cut } from '../../../src/code/graft/cut.js';

const texts = (text: string) => cut(text).map((piece) => piece.text);

describe('cutting C into pieces', () => {
  it('knows statements, heads, braces, labels and functions', () => {
    const pieces = cut('int f(int a)\n{\n\tif (a)\n\t\tgoto out;\nout:\n\treturn a ? 1 : 2;\n}\n');
    expect(pieces.map(({ kind }) => kind)).toEqual(
      'function open head statement label statement close'.split(' '),
    );
  });

  it('does not see comments, layout and the way that lines are broken', () => {
    expect(texts('f(a, /* not here */\n  b); // nor here\n')).toEqual(texts('f(a,b);'));
  });

  it('keeps an initialiser in its statement, and a do with its while', () => {
    expect(texts('struct s x = { .a = 1, };\ndo { f(); } while (x);')).toEqual([
      'struct s x = { . a = 1 , } ;',
      'do',
      '{',
      'f ( ) ;',
      '}',
      'while ( x )',
    ]);
  });

  it('takes any text, also one that begins in the middle', () => {
    for (const text of [') { }', '"', "'", '/*', '}}}}', '# define X \\', '((((', 'x ? y : z', '\0\u{1f600}'])
      expect(() => cut(text)).not.toThrow();
  });

  it('takes time linear in comments that never end', () => {
    const start = performance.now();
    cut('/*'.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('putting braces around bodies', () => {
  it('keeps every line where it is', () => {
    const text = 'if (a)\n\tfor (;;)\n\t\tf();\nelse if (b)\n\tg();\nelse\n\th();\n';
    expect(brace(text)).toBe(
      'if (a) {\n\tfor (;;) {\n\t\tf(); } }\nelse if (b) {\n\tg(); }\nelse {\n\th(); }\n',
    );
    expect(texts(brace(text))).toEqual(
      texts('if (a) { for (;;) { f(); } } else if (b) { g(); } else { h(); }'),
    );
  });

  it('leaves a body alone that the fragment does not show to its end', () => {
    expect(brace('if (a)\n')).toBe('if (a)\n');
    expect(brace('if (a)\n\tif (b) {\n\t\tf();\n')).toBe('if (a)\n\tif (b) {\n\t\tf();\n');
  });
});
