/*
 * Truncation passes a page over that somebody holds locked
 *
 * Id:          cache-truncate-passes-locked
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      wait for the locks of what a first pass had to leave
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 truncation                              2 write()
 *                                             lock the page
 *   trylock: no, pass it over
 *   done
 *                                             unlock it
 *
 * The page stays in the cache beyond the end of the file, and shows when the file grows again.
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

/* @thread write to page 1 */
void write(void)
{
	write_cached_page(1);
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
-	do {
-		next = start;
-		while ((found = find_get_entries(mapping, &next, last, &fbatch,
-						 indices))) {
-			for (i = 0; i < found; i++) {
-				struct folio *folio = fbatch.folios[i];
-
-				folio_lock(folio);
-				folio_wait_writeback(folio);
-				truncate_inode_folio(mapping, folio);
-				folio_unlock(folio);
-			}
-			folio_batch_release(&fbatch);
-			cond_resched();
-		}
-	} while (next != start);
 */
