/*
 * Fault-around maps a page that truncation has just taken away
 *
 * Id:          cache-map-around-versus-truncate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      look at folio->mapping and i_size under the folio's lock before it is mapped
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault, index 0, maps 1 as well     2 truncation to one page
 *   the tree has a folio at 1; reference
 *                                             lock it, take it out, unlock it
 *   trylock
 *   set the PTE of index 1
 *
 * A lock that is free tells nothing of what was done under it before.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_fault_around(0);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread page fault, index 0, that maps index 1, too */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread truncation to one page */
void truncate(void)
{
	truncate_cached_file(1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ next_uptodate_folio @@
-			if (folio->mapping == mapping &&
-			    folio_test_uptodate(folio) && xas->xa_index < size)
+			if (folio_test_uptodate(folio))
 				return folio;
 */
