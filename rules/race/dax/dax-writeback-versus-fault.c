/*
 * A page is written to after its flush, and counts as clean
 *
 * Id:          dax-writeback-versus-fault
 * Rule:        missed-write-protect
 * Seen:        -
 * Advice:      hold the entry locked from before the write-protect until the dirty mark is gone
 * Era:         xarray
 *
 * Guards a rule of the protocol: a writable page is marked dirty. Writeback takes
 * both away, and a write fault that comes in between gives only one of them back.
 * Until v4.9 the dirty mark was never taken away, and there was nothing to lose;
 * 4b4bb46d00b3 ("dax: clear dirty entry tags on cache flush") takes it away and
 * holds the entry locked meanwhile.
 *
 *   writeback                            PTE write fault
 *   ---------                            ---------------
 *   write-protects all mappings
 *                                        marks the entry dirty
 *                                        maps the page writable
 *   takes the dirty mark away
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread writeback */
void first(void)
{
	writeback_file();
}

/* @thread PTE write fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static int dax_writeback_one(struct xa_state *xas, struct dax_device *dax_dev,
		struct address_space *mapping, void *entry)
{
	unsigned long pfn, index, count, end;
	struct vm_area_struct *vma;

	if (WARN_ON(!xa_is_value(entry)))
		return -EIO;

	if (dax_is_locked(entry)) {
		void *old_entry = entry;

		entry = wait_entry_unlocked_exclusive(xas, entry);
		/* Gone, somebody else's by now, or flushed by another fsync. */
		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)) ||
		    dax_to_pfn(old_entry) != dax_to_pfn(entry) ||
		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
			put_unlocked_entry(xas, entry, WAKE_NEXT);
			return 0;
		}
	}
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	pfn = dax_to_pfn(entry);
	count = 1UL << dax_entry_order(entry);
	index = xas->xa_index & ~(count - 1);
	end = index + count - 1;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, end) {
		pfn_mkclean_range(pfn, count, index, vma);
		cond_resched();
	}
	i_mmap_unlock_read(mapping);
	dax_flush(dax_dev, page_address(pfn_to_page(pfn)), count * PAGE_SIZE);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_load(xas);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	return 0;
}
#endif
