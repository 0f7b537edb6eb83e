/*
 * An invalidation leaves a dirty page and says that all is gone
 *
 * Id:          cache-invalidate-answers
 * Rule:        assertion
 * Seen:        v2.6.24
 * Functions:   invalidate_inode_pages2_range
 * Advice:      answer an error for every page that stays, whatever becomes of the pages behind it
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 invalidation (O_DIRECT write)           2 page fault, index 1
 *   the page of index 0 is dirty, and stays
 *   the page of index 1 goes
 *                                             reads it again, maps it
 *   answers
 *
 * Who wrote past the cache has to know that an old page is there still, and who hears of an error where
 * everything went writes once more, or fails. v2.6.24 forgets the error when the next page goes.
 */

static int left, gone;

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
	world_cached_page(1);
	write_cached_page(0);
}

/* @thread invalidation of all pages, then of those that are clean */
void invalidate(void)
{
	left = drop_cache_range(0, 2);
	gone = drop_cache_range(1, 1);
}

/* @thread page fault, index 1 */
void fault(void)
{
	cached_fault(0, 1, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
	check_written(0);
	__assert(left < 0, "assertion", "an invalidation leaves a dirty page and answers no error");
	__assert(!gone, "assertion", "an invalidation of clean pages answers an error");
}

/* @broken
@@ invalidate_inode_pages2_range @@
-				if (!invalidate_complete_folio2(mapping, folio))
-					ret = -EBUSY;
+				ret = invalidate_complete_folio2(mapping, folio) ? 0 : -EBUSY;
 */
