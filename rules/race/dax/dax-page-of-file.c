/*
 * Pages and entries do not agree on where a page belongs
 *
 * Id:          dax-page-of-file
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      tell each page its own index, and count as many pages as the entry covers
 * Era:         xarray
 *
 * Guards a rule of the protocol: while a file has an entry for a block, the page of
 * that block points back to the file and the index; when the entry goes, it points
 * nowhere. The file counts the pages of its entries. Memory failure and eviction
 * rely on both.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread PMD read fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 0);
}

/* @thread fsync, then invalidation */
void second(void)
{
	writeback_file();
	invalidate_range(0, PMD_PAGES);
}

/* @finally */
void finally(void)
{
	check_accounting();
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_associate_entry @@
-		page->index = index + pfn - dax_to_pfn(entry);
+		page->index = index;
 		page->mapping = mapping;
 */
