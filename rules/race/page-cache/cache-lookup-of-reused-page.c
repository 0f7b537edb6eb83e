/*
 * A lookup answers with a page that went to another index meanwhile
 *
 * Id:          cache-lookup-of-reused-page
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      after taking the reference look whether the tree still has the folio there
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 lookup of index 0, without a lock       2 index 0 is dropped, index 1 read
 *   the tree has folio A at 0
 *                                             A is taken out and freed
 *                                             A is allocated for index 1
 *   take a reference to A
 *
 * A reference can be had again as soon as the memory serves another purpose. Only a look at the tree after it was
 * taken shows that it is the page that was asked for.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread read of page 0 */
void look(void)
{
	look_page_up(0);
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
@@ filemap_get_entry @@
 		if (folio_try_get(folio)) {
-			if (folio == xas_reload(&xas))
-				break;
-			folio_put(folio);
+			break;
 		}
 */
