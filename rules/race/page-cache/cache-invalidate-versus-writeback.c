/*
 * Invalidation takes a page that is on its way to the disk
 *
 * Id:          cache-invalidate-versus-writeback
 * Rule:        use-after-free
 * Seen:        -
 * Functions:   invalidate_inode_pages2_range, invalidate_mapping_pages
 * Advice:      wait for the end of writeback under the page's lock, or leave the page alone
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 writeback of page 0                     2 invalidation (O_DIRECT write)
 *   lock the page, begin to write it,
 *   unlock it
 *                                             lock it: it is clean; take it out
 *                                             writes to the disk past the cache
 *   the disk writes the older page over it
 */

/* @start */
void start(void)
{
	world_cached_file(1);
	world_cached_page(0);
	write_cached_page(0);
}

/* @thread writeback of page 0 */
void write(void)
{
	write_cached_page_back(0);
}

/* @thread invalidation (O_DIRECT write), and who wants memory back */
void invalidate(void)
{
	drop_unused_cache(0, 1);
	drop_cache_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ invalidate_inode_pages2_range @@
-				folio_wait_writeback(folio);
 				if (folio_mapped(folio))
 */
