/*
 * Fsync flushes a page while it can still be written to
 *
 * Id:          dax-flush-before-protect
 * Rule:        missed-write-protect
 * Seen:        -
 * Functions:   dax_writeback_one
 * Advice:      take the write permission away first, flush then, all that the entry covers, and clear the dirty mark last
 * Era:         xarray
 *
 * Guards a rule of the protocol: who clears the dirty mark has flushed what was
 * written before. What is written between flush and protection is in the caches
 * only, and no fsync will look for it:
 *
 *   fsync                                the process
 *   -----                                -----------
 *   flushes the page
 *                                        writes to it
 *   write-protects it, clears the mark
 *
 * A flush of less than the entry covers leaves the rest in the caches as well.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_counts_flushes();
	pmd_fault(0, 0, 1);
}

/* @thread fsync */
void first(void)
{
	writeback_file();
}

/* @thread PMD write fault, index 0 */
void second(void)
{
	pmd_mkwrite_fault(0, 0);
}

/* @finally */
void finally(void)
{
	check_flushed();
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_writeback_one @@
 	pfn = dax_to_pfn(entry);
+	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
+		  count << PAGE_SHIFT);
 	i_mmap_lock_read(mapping);
@@ dax_writeback_one @@
 	i_mmap_unlock_read(mapping);
-	dax_flush(dax_dev, page_address(pfn_to_page(pfn)),
-		  count << PAGE_SHIFT);
 
 */
