/*
 * Memory failure follows the mapping of a page that has none any more
 *
 * Id:          dax-lock-mapping-null
 * Rule:        null-dereference
 * Seen:        v4.19-rc1..v4.19.1, v4.20-rc
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       c93db7bb6ef3 ("dax: Check page->mapping isn't NULL")
 * Functions:   dax_lock_mapping_entry, dax_lock_page, memory_failure
 * Advice:      page->mapping can become NULL until the entry is locked: test each time it is read
 * Era:         xarray
 *
 *   memory failure                       truncate
 *   --------------                       --------
 *   has the page in its hands
 *                                        deletes the entry,
 *                                        clears page->mapping
 *   reads page->mapping: NULL
 *   asks it whether it is a DAX mapping
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread truncate to nothing */
void second(void)
{
	truncate_file(0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
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
		if (!dax_mapping(mapping))
			break;

		entry = (void *)~0UL;
		if (S_ISCHR(mapping->host->i_mode))
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		if (mapping != folio->mapping) {
			xas_unlock_irq(&xas);
			continue;
		}
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
