/*
 * What was written back stays dirty
 *
 * Id:          dax-writeback-cleans
 * Rule:        assertion
 * Seen:        -
 * Advice:      clear both marks: what is to be written when its flush begins, dirty when it ends
 * Era:         xarray
 *
 * Guards a rule of the protocol: after an fsync, when nobody has written since, an
 * entry is clean and an invalidation may remove it. A mark that stays makes each
 * later fsync flush the page again, and each direct write to it fail.
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread fsync, then invalidation, index 0 */
void first(void)
{
	writeback_file();
	invalidate_range(0, 1);
}

/* @thread unmapping by the process */
void second(void)
{
	unmap_process(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(!entry_present(0), "assertion", "an entry is not clean after an fsync");
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
		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)) ||
		    dax_to_pfn(old_entry) != dax_to_pfn(entry) ||
		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
			put_unlocked_entry(xas, entry, WAKE_NEXT);
			return 0;
		}
	}
	dax_lock_entry(xas, entry);
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
	xas_store(xas, entry);
	dax_wake_entry(xas, entry, WAKE_NEXT);
	return 0;
}
#endif
