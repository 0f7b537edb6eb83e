import { expect, it } from 'vitest';
import { compileOpen } from '../../simulator/c/compile-open.js';
import { Calculator } from '../../simulator/path/calculate.js';
import { Cells } from '../../simulator/path/cells.js';
import { explorePaths } from '../../simulator/path/explore-paths.js';
import { knownLocks } from '../../simulator/path/known-lock.js';
import { readModel } from '../../src/code/model.js';
import { pathRules } from '../../src/path/rules.js';

/** What is said about a function with these lines under its lock. */
function verdictOf(lines: string) {
  const text = `#include <linux/fs.h>
struct item { struct item *next; };
int hostile(struct inode *inode, struct item *p, int x, int y)
{
	spin_lock(&inode->i_lock);
${lines}
	if (x)
		tell(p, y);
	else
		tell(p, x);
	spin_unlock(&inode->i_lock);
	return x;
}
`;
  const source = { path: 'mm/hostile.c', text, origin: 'reviewed' } as const;
  const { program } = compileOpen([source], readModel().headers, undefined, knownLocks.keys());
  const fn = program.functions.find(({ name }) => name === 'hostile');
  return explorePaths(program, fn!, pathRules);
}

const times = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

const tooMuch = 'a value is computed from more than is looked at';

it.each([
  ['each computed from the one before', times(3_000, (n) => `x = (x ^ y) * ${n + 3};`)],
  ['twice as long each time', times(60, (n) => `x = x ^ (x >> ${(n % 7) + 1});`)],
  ['read through all before it', times(3_000, () => 'p = p->next;')],
])('a value that is %s is too much, and said to be', (_, lines) => {
  expect(verdictOf(lines)).toMatchObject({ said: [], over: tooMuch });
});

it('a switch of very many cases is too much, and said to be', () => {
  const cases = times(2_000, (n) => `case ${n}: tell(p, ${n}); break;`);
  const verdict = verdictOf(`switch (x) {\n${cases}\n}`);
  expect(verdict).toMatchObject({ said: [], over: 'a switch has more cases than are looked at' });
});

it('very many locks are too much, and said to be', () => {
  const locks = times(25, (n) => `spin_lock(&p${n}->lock);`);
  expect(verdictOf(locks)).toMatchObject({ said: [], over: 'a path holds more locks than are looked at' });
});

it('as much as a kernel has is not', () => {
  const lines = `${times(40, (n) => `x = (x ^ y) * ${n + 3};`)}\n${times(200, () => 'p = p->next;')}`;
  expect(verdictOf(lines)).toMatchObject({ said: [], over: undefined });
});

it('of a large array some elements are known: each path keeps them', () => {
  const calculator = new Calculator();
  const array = calculator.terms.symbol('array', [], true);
  const at = (n: number) => calculator.binary('add', 64, false, array, 4 * n);
  const cells = new Cells(calculator);
  for (let n = 0; n < 1000; n++) cells.store(at(n), 4, n);
  expect(cells.regions.get(array.id)!.cells.size).toBeLessThan(400);
  expect(cells.load(at(999), 4)).toBe(999);
  expect(cells.load(at(7), 4)).not.toBe(7);
});
