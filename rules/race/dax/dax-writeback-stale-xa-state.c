/*
 * Writeback unlocks an entry where it stood before the tree shrank
 *
 * Id:          dax-writeback-stale-xa-state
 * Rule:        use-after-free
 * Seen:        -
 * Advice:      xas_reset() before the entry is unlocked: the tree lock has been dropped since the last walk
 * Era:         xarray
 *
 * Guards a rule of the protocol: the lock of an entry keeps the entry, and not the
 * node that it stands in. An entry of index 0 moves to the head of the tree when it
 * is the last one.
 *
 *   fsync                                invalidation, index 1
 *   -----                                ---------------------
 *   locks the entry of index 0,
 *   drops the tree lock
 *                                        deletes the entry of index 1:
 *                                        the node is freed
 *   stores into the node
 */

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 1, 0);
	writeback_file();
	pte_fault(0, 0, 1);
}

/* @thread fsync */
void first(void)
{
	writeback_file();
}

/* @thread invalidation, index 1 */
void second(void)
{
	invalidate_range(1, 1);
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

	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, WAKE_NEXT);
	return 0;
}
#endif
