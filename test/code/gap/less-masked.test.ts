import { expect, it } from 'vitest';
import type { Code } from '../../../src/code/code.js';
import { lessMasked } from '../../../src/code/gap/less-masked.js';

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
    `${names} ${names.includes(' and ') ? 'are' : 'is'} gone, and there are no interrupts here: what that does is not seen`;
  expect(gaps((all) => all.replaceAll('_irq(', '('))).toEqual([
    `put(): ${gone('xas_lock_irq and xas_unlock_irq')}`,
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

it('a guard is as good as the calls that it stands for', () => {
  const guarded = (kind: string) => (all: string) =>
    all
      .replace('\tspin_lock_irqsave(lock, flags);\n', `\tguard(${kind})(lock);\n`)
      .replace('\tspin_unlock_irqrestore(lock, flags);\n', '');
  const scoped = (all: string) =>
    all
      .replace('xas_lock_irq(xas);', 'scoped_guard(spinlock, &xas->xa->xa_lock)')
      .replace('xas_unlock_irq(xas);', ';');
  expect(gaps(guarded('spinlock_irqsave'))).toEqual([]);
  expect(gaps(guarded('spinlock'))[0]).toContain(
    'save(): spin_lock_irqsave and spin_unlock_irqrestore are gone',
  );
  expect(gaps(scoped)[0]).toContain('put(): xas_lock_irq and xas_unlock_irq are gone');

  const from = guarded('spinlock_irq')(text);
  const to = guarded('spinlock')(text);
  const told = lessMasked(codeOf(from), codeOf(to));
  expect(told).toMatchObject([{ what: 'save()' }]);
  expect(lessMasked(codeOf(to), codeOf(from))).toEqual([]);
});
