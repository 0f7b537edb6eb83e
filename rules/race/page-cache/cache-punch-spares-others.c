/*
 * A hole takes more than the pages of its range
 *
 * Id:          cache-punch-spares-others
 * Rule:        lost-entry
 * Seen:        -
 * Functions:   truncate_pagecache_range, truncate_inode_pages_range
 * Advice:      end is the first index behind the hole; private copies are not unmapped for a hole
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 * Needs:       truncate_pagecache_range
 *
 * 1 hole punching, index 1                  2 write to page 2
 *   the pages of the range, without waiting
 *                                             lock the page, write to it, unlock it
 *   what is left of them, one by one
 *
 * The pages before and behind the hole are dirty, and nobody else has what was
 * written. A copy that a process made of a page in the hole belongs to the process.
 */

/* @start */
void start(void)
{
	world_cached_file(3);
	world_cached_private(0);
	world_cached_page(0);
	world_cached_page(1);
	world_cached_page(2);
	cached_fault(0, 1, 1);
	write_cached_page(0);
	write_cached_page(2);
}

/* @thread hole punching, index 1 */
void punch(void)
{
	punch_cached_file(1, 1);
}

/* @thread write to page 2 */
void write(void)
{
	write_cached_page(2);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
	check_written(0);
	check_written(2);
	check_private_copy(0, 1);
}

/* @broken
@@ truncate_inode_pages_range @@
-	const pgoff_t last = lend == -1 ? ULONG_MAX : lend >> PAGE_SHIFT;
+	const pgoff_t last = lend == -1 ? ULONG_MAX : (lend + 1) >> PAGE_SHIFT;
 */
