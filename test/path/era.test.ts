import { expect, test } from 'vitest';
import { compileOpen } from '../../simulator/c/compile-open.js';
import { explorePaths } from '../../simulator/path/explore-paths.js';
import { knownLocks } from '../../simulator/path/known-lock.js';
import { readModel } from '../../src/code/model.js';
import { pathRules } from '../../src/path/rules.js';

/** A conflict is no entry, and nobody waits for one: what it is must be known to see that. */
const entries = `
static void *get_unlocked_entry(struct xa_state *xas, unsigned int order)
{
	void *entry = xas_find_conflict(xas);

	if (entry && xa_to_value(entry) < order)
		return XA_RETRY_ENTRY;
	return entry;
}

void *grab_mapping_entry(struct address_space *mapping, unsigned long index, unsigned int order)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas, order);
	if (entry == XA_RETRY_ENTRY) {
		xas_unlock_irq(&xas);
		return NULL;
	}
	dax_lock_entry(&xas, entry);
	xas_unlock_irq(&xas);
	return entry;
}
`;

/** Radix trees are in use to this day, and say nothing of how entries are kept elsewhere. */
const inodes = `
struct item *find_item(struct cache *cache, unsigned long number)
{
	return radix_tree_lookup(&cache->items, number);
}
`;

test.each([
  ['alone', {}],
  ['beside a file that keeps something else in a radix tree', { 'fs/other.c': inodes }],
])('entries of the XArray are known as such, %s', (_, more) => {
  const files = Object.entries({ 'fs/dax.c': entries, ...more });
  const sources = files.map(([path, text]) => ({ path, text, origin: 'reviewed' as const }));
  const { program } = compileOpen(sources, readModel().headers, undefined, knownLocks.keys());
  const fn = program.functions.find(({ name }) => name === 'grab_mapping_entry')!;
  expect(explorePaths(program, fn, pathRules).said).toEqual([]);
});
