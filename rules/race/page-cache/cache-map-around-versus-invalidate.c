/*
 * Fault-around maps a page that was dropped, or another one that took its memory
 *
 * Id:          cache-map-around-versus-invalidate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      after the reference look at the tree again, and after the lock at folio->mapping
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault, index 0, maps 1 as well     2 page 1 is dropped, page 2 read
 *   the tree has a folio at 1
 *                                             take it out and free it; it becomes
 *                                             the page of index 2
 *   reference, trylock
 *   set the PTE of index 1
 *
 * i_size stays what it is, so that page->mapping has to tell that the page was taken out, and the tree that it is
 * another one by now.
 */

/* @start */
void start(void)
{
	world_cached_file(3);
	world_cached_second_mm();
	world_fault_around(0);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread page fault, index 0, that maps index 1, too */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread page 1 is dropped, its memory becomes page 2 */
void reuse(void)
{
	drop_cache_range(1, 1);
	cached_fault(1, 2, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ next_uptodate_folio @@
-		if (folio == xas_reload(xas) && folio_trylock(folio)) {
+		if (folio_trylock(folio)) {
@@ next_uptodate_folio @@
-			if (folio->mapping == mapping &&
-			    folio_test_uptodate(folio) && xas->xa_index < size)
+			if (folio_test_uptodate(folio) && xas->xa_index < size)
 				return folio;
 */
