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
 * One process has the PMD entry mapped by a huge PMD, another has PTEs, in a mapping
 * that begins behind its first page. When the entry is flushed, the page table is
 * looked at where the entry begins. That finds the huge PMD, and not the PTE of another
 * page: it stays writable while the entry counts as clean, and what is written through
 * it is not flushed by the next fsync.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	world_misaligned_mapping(1);
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

/* @broken
@@ dax_writeback_one @@
 	i_mmap_lock_read(mapping);
-	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, end) {
+	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
 		cond_resched();
-		pfn_mkclean_range(pfn, count, index, vma);
+		pfn_mkclean_range(pfn, 1, index, vma);
 	}
 */
