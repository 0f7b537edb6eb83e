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

/* @broken
@@ dax_writeback_one @@
 	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, end) {
+		unsigned long address = vma->vm_start + ((index - vma->vm_pgoff) << PAGE_SHIFT);
+		pmd_t *pmdp = NULL, pmd;
+		pte_t *ptep = NULL;
+		spinlock_t *ptl;
+
 		cond_resched();
-		pfn_mkclean_range(pfn, count, index, vma);
+		if (follow_pte_pmd(vma->vm_mm, address, &ptep, &pmdp, &ptl))
+			continue;
+		if (pmdp && (pmd_write(*pmdp) || pmd_dirty(*pmdp))) {
+			pmd = pmdp_huge_clear_flush(vma, address, pmdp);
+			set_pmd_at(vma->vm_mm, address, pmdp, pmd_mkclean(pmd_wrprotect(pmd)));
+		}
+		spin_unlock(ptl);
 	}
 */
