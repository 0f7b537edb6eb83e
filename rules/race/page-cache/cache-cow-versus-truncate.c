/*
 * Truncation leaves a private copy behind that was made while it was under way
 *
 * Id:          cache-cow-versus-truncate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Functions:   do_cow_fault, truncate_pagecache
 * Advice:      unmap the range once more after the pages are gone
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 write to a private mapping              2 truncation to nothing
 *   i_size: inside; find and lock the page
 *                                             i_size = 0
 *                                             unmap: nothing there
 *   copy it, set the PTE of the copy
 *                                             lock the page: nothing maps it
 *                                             take it out
 *
 * The copy belongs to no file, so that nobody who takes pages out one by one meets it. It is the second unmapping of
 * the whole range that finds it, and only when it comes after the last page was taken out: no fault gets one any more.
 */

/* @start */
void start(void)
{
	world_cached_file(1);
	world_cached_private(0);
	world_cached_page(0);
}

/* @thread write to a private mapping, index 0 */
void fault(void)
{
	cached_fault(0, 0, 1);
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
@@ truncate_setsize @@
 	truncate_inode_pages(mapping, newsize);
-	unmap_mapping_range(mapping, hole, 0, 1);
 }
 */
