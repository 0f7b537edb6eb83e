import { expect, it } from 'vitest';
import { assignmentsIn, bodyAround, namesIn } from '../../../src/code/gap/assignments.js';

it('reads what variables are given, and no comparison', () => {
  const text = 'int a = b + 1;\n\ta += c;\n\tif (a == 1 || a <= 2 || a != 3)\n\t\tx->a = f(a);\n';
  expect([...assignmentsIn(text)]).toEqual([['a', ['a=b+1', 'a+=c', 'a=f(a)']]]);
});

it('knows names and the function around a line', () => {
  expect([...namesIn('f(a, 0x1f) + b2')]).toEqual(['f', 'a', 'b2']);
  const lines = 'int f(void)\n{\n\tone;\n}\n\nint g;\n{\n\ttwo;\n}'.split('\n');
  expect(bodyAround(lines, 3)).toContain('one');
  expect(bodyAround(lines, 3)).not.toContain('two');
  expect(bodyAround(lines, 6)).toBe('');
});
