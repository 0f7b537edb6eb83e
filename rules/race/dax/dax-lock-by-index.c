/*
 * Zeroes are taken for a page of the file
 *
 * Id:          dax-lock-by-index
 * Rule:        null-dereference
 * Seen:        -
 * Advice:      an entry without a block has no page: lock nothing and hand out no page
 * Era:         xarray
 * Needs:       dax_lock_mapping_entry
 *
 * Guards a rule of the protocol: whoever locks an entry by file and index meets
 * entries that faults have put there for holes. They name no page of the file,
 * and neither does an entry that another thread holds say what it will name.
 *
 *   PTE write fault                      lock by index
 *   ---------------                      -------------
 *                                        finds the zero page, locks its entry
 *                                        and hands out the page of zeroes,
 *                                        which belongs to no file
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	pte_fault(0, 0, 0);
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread lock of the entry by file and index */
void second(void)
{
	lock_mapping_entry(0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
dax_entry_t dax_lock_mapping_entry(struct address_space *mapping, pgoff_t index,
		struct page **page)
{
	XA_STATE(xas, NULL, 0);
	void *entry;

	rcu_read_lock();
	for (;;) {
		entry = NULL;
		if (!dax_mapping(mapping))
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		xas_set(&xas, index);
		entry = xas_load(&xas);
		if (dax_is_locked(entry)) {
			rcu_read_unlock();
			wait_entry_unlocked(&xas, entry);
			rcu_read_lock();
			continue;
		}
		if (!entry || dax_is_empty_entry(entry)) {
			entry = (void *)~0UL;
		} else {
			*page = pfn_to_page(dax_to_pfn(entry));
			dax_lock_entry(&xas, entry);
		}
		xas_unlock_irq(&xas);
		break;
	}
	rcu_read_unlock();
	return (dax_entry_t)entry;
}
#endif
