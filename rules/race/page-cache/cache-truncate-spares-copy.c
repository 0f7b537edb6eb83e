/*
 * Truncation takes a private copy of the page in which the file ends
 *
 * Id:          cache-truncate-spares-copy
 * Rule:        lost-entry
 * Seen:        -
 * Functions:   truncate_pagecache, truncate_inode_pages_range, vmtruncate
 * Advice:      unmap from the first page on that lies behind the new end as a whole
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 truncation to half a page               2 page fault in another process, index 0
 *   unmaps from the new end on
 *                                             reads the page, maps it
 *   takes out what lies behind the end
 *
 * Private copies go with the pages behind the end of the file. The page in which the
 * file ends is not one of them, and what a process wrote to its copy of it is the
 * only one there is.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_second_mm();
	world_cached_private(1);
	world_cached_page(0);
	world_cached_page(1);
	cached_fault(1, 0, 1);
}

/* @thread truncation to half a page */
void truncate(void)
{
	truncate_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
	check_nothing_cached_beyond(1);
	check_private_copy(1, 0);
}

/* @broken
@@ truncate_setsize @@
-	const loff_t hole = newsize + PAGE_SIZE - 1;
+	const loff_t hole = newsize;
 
 */
