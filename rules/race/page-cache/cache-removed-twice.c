/*
 * Two that drop pages take the same page out of the cache
 *
 * Id:          cache-removed-twice
 * Rule:        null-dereference
 * Seen:        -
 * Advice:      compare folio->mapping under the folio's lock before it is taken out
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 truncation                              2 invalidation
 *   find the page
 *                                             find it, lock it, take it out
 *   lock it, take it out
 *
 * A page that left the file has no mapping, and its place in the tree is somebody else's.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread truncation to nothing */
void truncate(void)
{
	truncate_cached_file(0);
}

/* @thread invalidation (O_DIRECT write) */
void invalidate(void)
{
	drop_cache_range(0, 2);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
	check_nothing_cached_beyond(0);
}

/* @broken
@@ truncate_inode_folio @@
-	if (folio->mapping != mapping)
-		return -EIO;
 */
