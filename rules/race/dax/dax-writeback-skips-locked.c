/*
 * fsync passes a dirty entry that is locked
 *
 * Id:          dax-writeback-skips-locked
 * Rule:        lost-entry
 * Seen:        v4.20..v6.14
 * Introduced:  0e40de0338d0 ("dax: Fix huge page faults")
 * Fixed:       6be3e21d25ca ("fs/dax: don't skip locked entries when scanning entries"), dd59137bfe70
 * Advice:      wait for the entry that the loop has come to; get_unlocked_entry() goes on to the next one
 * Era:         xarray
 *
 * Writeback goes through the tree with one xa_state, and hands it to
 * get_unlocked_entry() when it meets a locked entry. That looks for the next entry
 * in the range of the state, which is none, instead of waiting for this one:
 *
 *   PTE read fault                       fsync
 *   --------------                       -----
 *   locks the dirty entry
 *                                        comes to the entry: it is locked
 *                                        asks for the next one: there is none,
 *                                        so the entry must have been deleted
 *                                        returns, and the data is not safe
 *   unlocks
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread fsync */
void second(void)
{
	writeback_file();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	/* Nobody has written since, and fsync takes the right to write away. */
	__assert(!pte_write(mm[0].pte[0]), "lost-entry",
		"fsync has passed a page that was dirty before it");
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

		entry = get_unlocked_entry(xas, 0);
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
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, WAKE_NEXT);
	return 0;
}
#endif
