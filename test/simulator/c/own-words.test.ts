import { describe, expect, it } from 'vitest';
import { compiled } from './compiled.js';

/** The primitives that a function f() performs, and what it calls that nobody has. */
function spoken(path: string, text: string, headers: Record<string, string> = {}) {
  const { program, unknown } = compiled({ [path]: text }, ['f'], headers);
  const code = program.functions.flatMap((fn) => fn.code);
  return {
    primitives: code.flatMap((i) => (i.op === 'intrinsic' ? [i.name] : [])),
    unknown,
  };
}

const call = 'void f(void) { __violate("rule", "words of a stranger"); }';

describe("the words of the model's own C", () => {
  it('speak to the machine in a file of ours', () => {
    for (const origin of ['model', 'role', 'race'])
      expect(spoken(`${origin}/f.c`, call).primitives, origin).toEqual(['__violate']);
  });

  it.each([
    ['as it is', call],
    ['over two lines', 'void f(void) { __vio\\\nlate("rule", "words"); }'],
    ['put together', '#define join(a, b) a##b\nvoid f(void) { join(__vio, late)("rule", "words"); }'],
  ])('are calls of nobody in any other file: %s', (_, text) => {
    for (const origin of ['reviewed', 'tree', 'baseline'])
      expect(spoken(`${origin}/f.c`, text), origin).toEqual({ primitives: [], unknown: ['__violate'] });
  });

  it('are names like any other there', () => {
    const text = 'static int __alloc(int n) { return n; }\nint f(int atomic) { return __alloc(atomic); }';
    expect(spoken('reviewed/f.c', text)).toEqual({ primitives: [], unknown: [] });
  });

  it('and so are the names that a header of ours keeps to the model, and no other header', () => {
    const prelude = (name: string) => ({ 'prelude.h': '', [name]: '#pragma own count hide\n' });
    const texts = {
      'reviewed/f.c': 'extern int count; void f(void) { hide(); count = 1; }',
      'model/m.c': 'int count; void hide(void) { }',
    };
    expect(compiled(texts, ['f'], prelude('own.h')).unknown).toEqual(['hide']);
    expect(compiled(texts, ['f'], prelude('patch/own.h')).unknown).toEqual([]);
    const names = ({ program }: ReturnType<typeof compiled>) => program.functions.map(({ name }) => name);
    expect(names(compiled(texts, ['f'], prelude('own.h')))).toEqual(['f']);
    const alone = { 'model/m.c': 'int count; void hide(void) { count = 1; }' };
    const { program } = compiled(alone, ['hide'], prelude('own.h'));
    expect([program.functions[0]?.name, program.globals[0]?.name]).toEqual(['hide', 'count']);
  });

  it("come with the model's macros into every file, but with none of a patch's headers", () => {
    const text = 'void f(void) { say(); }';
    const headers = (name: string) => ({
      'prelude.h': `#include "${name}"\n`,
      [name]: '#define say() __violate("a", "b")\n',
    });
    expect(spoken('reviewed/f.c', text, headers('lock.h')).primitives).toEqual(['__violate']);
    const foreign = spoken('reviewed/f.c', text, headers('patch/include/linux/gate.h'));
    expect(foreign).toEqual({ primitives: [], unknown: ['__violate'] });
  });
});
