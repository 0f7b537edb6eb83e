/*
 * An invalidation throws a page away that was written to meanwhile
 *
 * Id:          cache-invalidate-spares-dirty
 * Rule:        lost-entry
 * Seen:        v2.6.12
 * Advice:      look at the dirty flag once more under the lock of the tree
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 write()                                 2 invalidation
 *                                             write out what is dirty: nothing
 *   lock the page, write to it, unlock it
 *                                             lock the page, take it out
 *
 * What was written is lost. The invalidation has to notice and to fail. In v2.6.12 invalidate_inode_pages2_range()
 * cleared the dirty flag itself before it took the page out.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread write to page 0 */
void write(void)
{
	write_cached_page(0);
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
	check_written(0);
}

/* @broken
@@ invalidate_complete_page2 @@
-	dirty = PageDirty(page);
+	dirty = 0;
 */
