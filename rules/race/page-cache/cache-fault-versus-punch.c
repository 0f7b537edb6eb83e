/*
 * A fault maps a page that hole punching has just taken away
 *
 * Id:          cache-fault-versus-punch
 * Rule:        stale-mapping-after-invalidate
 * Seen:        v2.6.16..v2.6.22
 * Introduced:  "madvise(MADV_REMOVE): remove pages from tmpfs shm backing store"
 * Fixed:       d00806b18315 ("mm: fix fault vs invalidate race for linear mappings")
 * Advice:      unmap each page under its lock before it is taken out
 * Needs:       vmtruncate_range | truncate_pagecache_range
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 hole punching
 *                                             unmap the range: nothing there
 *   find and lock the page, set the PTE,
 *   unlock
 *                                             lock the page, take it out
 *
 * i_size does not shrink, so that nothing tells the fault (until v2.6.22: truncate_count, for whoever read it
 * before the unmapping only). One unmapping before the pages are taken out is not enough: do_no_page() came in
 * between.
 */

/* @start */
void start(void)
{
	world_cached_file(1);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread hole punching, index 0 */
void punch(void)
{
	punch_cached_file(0, 1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ truncate_inode_pages_range @@
-				unmap_page(mapping, page);
 */
