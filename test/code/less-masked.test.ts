import { expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { lessMasked } from '../../src/code/less-masked.js';

const text = `static void put(struct xa_state *xas)
{
	xas_lock_irq(xas);
	xas_unlock_irq(xas);
}
static void save(spinlock_t *lock)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	spin_unlock_irqrestore(lock, flags);
}
`;

const codeOf = (of: string): Code => ({ files: new Map([['fs/dax.c', of]]), baseline: false });

function gaps(change: (text: string) => string) {
  return lessMasked(codeOf(text), codeOf(change(text))).map(({ what, why }) => `${what}: ${why}`);
}

it('a lock that no longer keeps interrupts away is not analysed in that', () => {
  const gone = (names: string) =>
    `${names} is gone, and there are no interrupts here: what that does is not seen`;
  expect(gaps((all) => all.replaceAll('_irq(', '('))).toEqual([
    `put(): ${gone('xas_lock_irq, xas_unlock_irq')}`,
  ]);
  expect(gaps((all) => all.replace('_irqrestore(lock, flags)', '_irq(lock)'))).toEqual([
    `save(): ${gone('spin_unlock_irqrestore')}`,
  ]);
});

it('what keeps them away as much as before is nothing to tell of', () => {
  expect(gaps((all) => all.replace('xas_lock_irq(xas)', 'xas_lock_irqsave(xas, flags)'))).toEqual([]);
  expect(gaps((all) => all.replaceAll('put(', 'release('))).toEqual([]);
  expect(gaps((all) => all.replace('\txas_unlock_irq(xas);\n', ''))).toEqual([]);
  expect(gaps((all) => `${all}int f;\n`)).toEqual([]);
});
