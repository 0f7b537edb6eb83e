/*
 * An invalidation takes a page for its own that went to another index meanwhile
 *
 * Id:          cache-drop-of-reused-page
 * Rule:        assertion
 * Seen:        -
 * Advice:      after the reference look whether the tree still has the folio there
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 invalidation of index 0                 2 index 0 is dropped, index 1 read
 *   the tree has folio A at 0
 *                                             A is taken out and freed
 *                                             A is allocated for index 1
 *   reference to A, lock: it belongs to the file,
 *   but is not at index 0
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread invalidation of index 0 */
void invalidate(void)
{
	drop_cache_range(0, 1);
}

/* @thread page 0 is dropped, its memory becomes page 1 */
void reuse(void)
{
	drop_cache_range(0, 1);
	cached_fault(0, 1, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ find_get_entry @@
 		if (folio_try_get(folio)) {
-			if (folio == xas_reload(xas))
-				return folio;
-			folio_put(folio);
+			return folio;
 		}
 */
