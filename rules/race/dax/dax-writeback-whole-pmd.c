/*
 * fsync write-protects the first page of a PMD entry only
 *
 * Id:          dax-writeback-whole-pmd
 * Rule:        missed-write-protect
 * Seen:        v4.10..v5.2, v5.4..v5.18
 * Introduced:  4b4bb46d00b3 ("dax: clear dirty entry tags on cache flush")
 * Fixed:       06083a0921fd ("dax: fix missing writeprotect the pte entry")
 * Advice:      go through every page that the entry covers, in every mapping: pfn_mkclean_range()
 * Era:         xarray
 *
 * One process has the PMD entry mapped by a huge PMD, another has PTEs. When the
 * entry is flushed, the page table is looked at where the entry begins. That finds
 * the huge PMD, and not the PTE of another page: it stays writable while the entry
 * counts as clean, and what is written through it is not flushed by the next fsync.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 1);
	pte_fault(1, 1, 1);
	mkwrite_fault(1, 1);
}

/* @thread fsync */
void first(void)
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
	unsigned long pfn, index, count;
	struct vm_area_struct *vma;

	dax_lock_entry(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	pfn = dax_to_pfn(entry);
	count = 1UL << dax_entry_order(entry);
	index = xas->xa_index & ~(count - 1);

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index)
		pfn_mkclean_range(pfn, 1, index, vma);
	i_mmap_unlock_read(mapping);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, WAKE_NEXT);
	return 0;
}
#endif
