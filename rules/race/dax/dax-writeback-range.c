/*
 * fsync of a part of the file leaves a page of that part dirty
 *
 * Id:          dax-writeback-range
 * Rule:        lost-entry
 * Seen:        -
 * Functions:   dax_writeback_mapping_range
 * Advice:      range_start and range_end are bytes, and both belong to the range
 * Era:         xarray
 *
 * Guards a rule of the protocol: msync() and a synchronous fault ask for a part of
 * the file, and what they ask for is safe when they come back.
 *
 *   fsync, index 1 to 2                  PTE read fault, index 0
 *   -------------------                  -----------------------
 *   tags and flushes index 1
 *                                        maps
 *   does not come to index 2
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pte_fault(0, 0, 1);
	pte_fault(0, 1, 1);
	pte_fault(0, 2, 1);
}

/* @thread fsync, index 1 to 2 */
void first(void)
{
	writeback_range(1, 2);
}

/* @thread PTE read fault in another process, index 0 */
void second(void)
{
	pte_fault(1, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	/* Nobody has written since, and fsync takes the right to write away. */
	__assert(!pte_write(mm[0].pte[1]) && !pte_write(mm[0].pte[2]), "lost-entry",
		"fsync has left a page of its range dirty");
}

/* @broken
@@ dax_writeback_mapping_range @@
-	pgoff_t end_index = wbc->range_end >> PAGE_SHIFT;
+	pgoff_t end_index = (wbc->range_end >> PAGE_SHIFT) - 1;
 	unsigned int scanned = 0;
 */
