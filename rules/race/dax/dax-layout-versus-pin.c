/*
 * Blocks are freed that a device has begun to use
 *
 * Id:          dax-layout-versus-pin
 * Rule:        warning
 * Seen:        -
 * Functions:   dax_disassociate_entry, __dax_invalidate_entry,
 *              __dax_invalidate_mapping_entry, truncate_inode_pages_range
 * Advice:      unmap the range before its pages are looked at, so that nobody can take a reference any more
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * Guards a rule of the protocol: a page that is still mapped can be pinned the
 * moment after it was seen idle.
 *
 *   truncate                             direct I/O
 *   --------                             ----------
 *   looks at the pages: none is busy
 *                                        takes a reference to the page
 *                                        that is mapped
 *   frees the blocks
 */

static unsigned long pinned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	pinned = block_pfn(0);
}

/* @thread truncate to nothing */
void first(void)
{
	truncate_file(0);
}

/* @thread direct I/O to page 0 */
void second(void)
{
	if (pin_page(0, 0))
		put_page(pfn_to_page(pinned));
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
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

	xas_lock_irq(&xas);
	xas_for_each(&xas, entry, end_idx) {
		if (WARN_ON_ONCE(!xa_is_value(entry)))
			continue;
		entry = wait_entry_unlocked_exclusive(&xas, entry);
		if (entry)
			page = dax_busy_page(entry);
		put_unlocked_entry(&xas, entry, WAKE_NEXT);
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
