/*
 * Truncation takes a page that is on its way to the disk
 *
 * Id:          cache-truncate-versus-writeback
 * Rule:        use-after-free
 * Seen:        -
 * Functions:   truncate_inode_pages_range, find_lock_entries
 * Advice:      wait for the end of writeback under the page's lock, or leave the page for the second pass
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 writeback of a page                     2 truncation
 *   lock the page, begin to write it,
 *   unlock it
 *                                             lock it, take it out; its block is
 *                                             free, and somebody else's soon
 *   the disk writes the page over it
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
	world_cached_page(1);
	write_cached_page(0);
	write_cached_page(1);
}

/* @thread writeback of pages 1 and 0 */
void write(void)
{
	write_cached_page_back(1);
	write_cached_page_back(0);
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
	check_nothing_cached_beyond(0);
}

/* @broken
@@ truncate_inode_pages_range @@
-				folio_wait_writeback(folio);
 				truncate_inode_folio(mapping, folio);
 */
