/*
 * fsync from the middle of a PMD entry on leaves a page before it writable
 *
 * Id:          dax-writeback-inside-pmd
 * Rule:        missed-write-protect
 * Seen:        v4.20..v5.0.1
 * Functions:   dax_writeback_one, dax_writeback_mapping_range
 * Advice:      go from where the entry begins, wherever in it the range does: the whole of it becomes clean
 * Era:         xarray
 *
 * msync() and a synchronous fault ask for a part of the file, and that may begin inside
 * a PMD entry. An entry has one dirty mark for all its pages: before the mark falls, the
 * pages before the range lose the right to write, too.
 *
 * One process has the PMD entry mapped by a huge PMD, another has written to page 0 by
 * a PTE. fsync is asked for page 2; when it looks for mappings from there on it finds
 * the huge PMD, and page 0 stays writable while its entry counts as clean. What is
 * written there is not flushed by the next fsync.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 1);
	pte_fault(1, 0, 1);
	mkwrite_fault(1, 0);
}

/* @thread fsync, index 2 */
void first(void)
{
	writeback_range(2, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_writeback_one @@
-	index = xas->xa_index & ~(count - 1);
+	index = xas->xa_index;
 	end = index + count - 1;
 */
