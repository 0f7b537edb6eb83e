import { expect, test } from 'vitest';
import { isSameCode } from '../../src/code/same-code.js';

test('comments, blanks and includes make no other code', () => {
  const before = '#include <linux/mm.h>\nint f(void)\n{\n\treturn 1; /* one */\n}\n';
  const after = '#include <linux/mm.h>\n#include <linux/dax.h>\nint f(void) { // new\n  return 1;\n}\n';
  expect(isSameCode(before, after)).toBe(true);
  expect(isSameCode(before, before.replace('1;', '2;'))).toBe(false);
  expect(isSameCode(before, undefined)).toBe(false);
});

test('what stands in a literal is no comment, and hides no change', () => {
  const hidden = (value: number) => `char *a = "/*"; int x = ${value}; char *b = "*/"; char c = '"';`;
  expect(isSameCode(hidden(1), hidden(2))).toBe(false);
});
