/*
 * A writeback that comes too late uses up a wake-up
 *
 * Id:          dax-writeback-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next.
 *
 *   memory failure,        fsync                  fsync
 *   then PTE fault
 *   ---------------        -----                  -----
 *   locks the entry
 *                          sleeps                 sleeps
 *   unlocks, wakes one
 *                          locks the entry
 *   sleeps
 *                          cleans it, unlocks,
 *                          wakes one
 *                                                 nothing to do,
 *                                                 wakes nobody
 *   sleeps for ever
 */

static unsigned long dirty;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	dirty = block_pfn(0);
}

/* @thread memory failure of page 0, then PTE read fault */
void first(void)
{
	memory_failure(dirty);
	pte_fault(0, 0, 0);
}

/* @thread fsync */
void second(void)
{
	writeback_file();
}

/* @thread fsync */
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
