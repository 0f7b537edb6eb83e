/*
 * A fault reads in a page beyond the new end of the file and maps it
 *
 * Id:          cache-fault-rechecks-size
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      look at i_size again once the page is locked
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault, page not in the cache       2 truncation
 *   i_size: inside
 *                                             i_size = 0
 *                                             unmap, take pages out: none there
 *   add the page, read it, lock it
 *   set the PTE
 *
 * page->mapping is what it should be, since the page was added after everything was over: only i_size tells.
 */

/* @start */
void start(void)
{
	world_cached_file(1);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread truncation to nothing */
void truncate(void)
{
	truncate_cached_file(0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ filemap_fault @@
-	size = DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE);
 	if (vmf->pgoff < size) {
 */
