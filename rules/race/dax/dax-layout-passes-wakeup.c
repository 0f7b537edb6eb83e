/*
 * Who waits for busy pages uses up a wake-up
 *
 * Id:          dax-layout-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next.
 *
 *   memory failure         truncate             writeback
 *   --------------         --------             ---------
 *   locks the entry
 *                          sleeps               sleeps
 *   unlocks, wakes one
 *                          looks whether the
 *                          pages are busy,
 *                          wakes nobody
 *                                               sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure_at(0);
}

/* @thread search for busy pages */
void second(void)
{
	break_layouts();
}

/* @thread writeback */
void third(void)
{
	writeback_file();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
struct page *dax_layout_busy_page_range(struct address_space *mapping,
					loff_t start, loff_t end)
{
	pgoff_t start_idx = start >> PAGE_SHIFT;
	pgoff_t end_idx = end == LLONG_MAX ? ULONG_MAX : end >> PAGE_SHIFT;
	XA_STATE(xas, &mapping->i_pages, start_idx);
	struct page *page = NULL;
	unsigned int scanned = 0;
	void *entry;

	if (!dax_mapping(mapping) || !mapping_mapped(mapping))
		return NULL;

	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, false);

	xas_lock_irq(&xas);
	xas_for_each(&xas, entry, end_idx) {
		if (WARN_ON_ONCE(!xa_is_value(entry)))
			continue;
		entry = wait_entry_unlocked_exclusive(&xas, entry);
		if (entry)
			page = dax_busy_page(entry);
		if (page)
			break;
		if (++scanned % XA_CHECK_SCHED == 0) {
			xas_pause(&xas);
			xas_unlock_irq(&xas);
			cond_resched();
			xas_lock_irq(&xas);
		}
	}
	xas_unlock_irq(&xas);
	return page;
}
#endif
