/*
 * Write-protecting a huge PMD brings it back after MADV_DONTNEED passed it
 *
 * Id:          dax-mkclean-versus-dontneed
 * Rule:        missed-write-protect
 * Seen:        v4.10..v5.0
 * Introduced:  f729c8c9b24f ("dax: wrprotect pmd_t in dax_mapping_entry_mkclean")
 * Fixed:       024eee0e83f0 ("mm: page_mkclean vs MADV_DONTNEED race")
 * Advice:      pmdp_invalidate() instead of clearing the PMD: it is never seen as none
 * Era:         xarray
 *
 *   fsync                                MADV_DONTNEED
 *   -----                                -------------
 *   locks the page table
 *   clears the huge PMD
 *                                        sees no PMD, without the lock:
 *                                        nothing to unmap
 *   sets the PMD, write-protected
 *   unlocks                              returns: the page is still mapped
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	pmd_fault(0, 0, 1);
}

/* @thread fsync */
void first(void)
{
	writeback_file();
}

/* @thread MADV_DONTNEED of the PMD */
void second(void)
{
	unmap_process(0, 0, PMD_PAGES);
}

/* Nobody faults here: what was unmapped has to stay unmapped. */
/* @finally */
void finally(void)
{
	__assert(!pmd_present_at(0, 0), "missed-write-protect", "write protection has brought back a huge PMD that was unmapped");
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static void protect_huge(struct vm_area_struct *vma, unsigned long address)
{
	pmd_t *pmdp = NULL, pmd;
	pte_t *ptep = NULL;
	spinlock_t *ptl;

	if (follow_pte_pmd(vma->vm_mm, address, &ptep, &pmdp, &ptl))
		return;
	if (pmdp && (pmd_dirty(*pmdp) || pmd_write(*pmdp))) {
		pmd = pmdp_huge_clear_flush(vma, address, pmdp);
		pmd = pmd_mkclean(pmd_wrprotect(pmd));
		set_pmd_at(vma->vm_mm, address, pmdp, pmd);
	}
	spin_unlock(ptl);
}

static int dax_writeback_one(struct xa_state *xas, struct dax_device *dax_dev,
		struct address_space *mapping, void *entry)
{
	struct vm_area_struct *vma;
	unsigned long index;

	dax_lock_entry(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
	xas_unlock_irq(xas);

	index = xas->xa_index & ~PG_PMD_COLOUR;
	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index)
		protect_huge(vma, vma->vm_start + ((index - vma->vm_pgoff) << PAGE_SHIFT));
	i_mmap_unlock_read(mapping);

	xas_reset(xas);
	xas_lock_irq(xas);
	xas_store(xas, entry);
	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
	dax_wake_entry(xas, entry, WAKE_NEXT);
	return 0;
}
#endif
