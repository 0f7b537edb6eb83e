/*
 * Memory failure locks in a file that the page has left
 *
 * Id:          dax-lock-moved-page
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      compare the page's mapping again once the lock of the mapping's tree is held
 * Era:         xarray
 *
 * Guards a rule of the protocol: what was read of a page before the tree lock
 * was taken is a guess until it is confirmed under it.
 *
 *   memory failure                       hole punch
 *   --------------                       ----------
 *   reads the page's mapping
 *                                        deletes the entry,
 *                                        the page belongs to nobody
 *   takes the tree lock
 *   looks up the page's index, which is
 *   0 by now, and locks what is there
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 1, 1);
	poisoned = block_pfn(1);
}

/* @thread memory failure of page 1 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread hole punch, index 1 */
void second(void)
{
	punch_hole(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
dax_entry_t dax_lock_folio(struct folio *folio)
{
	XA_STATE(xas, NULL, 0);
	void *entry;

	rcu_read_lock();
	for (;;) {
		struct address_space *mapping = READ_ONCE(folio->mapping);

		entry = NULL;
		if (!mapping || !dax_mapping(mapping))
			break;

		entry = (void *)~0UL;
		if (S_ISCHR(mapping->host->i_mode))
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		xas_set(&xas, folio->index);
		entry = xas_load(&xas);
		if (dax_is_locked(entry)) {
			rcu_read_unlock();
			wait_entry_unlocked(&xas, entry);
			rcu_read_lock();
			continue;
		}
		dax_lock_entry(&xas, entry);
		xas_unlock_irq(&xas);
		break;
	}
	rcu_read_unlock();
	return (dax_entry_t)entry;
}
#endif
