/*
 * A fault that waited for a page's lock maps the page though the file has it no longer
 *
 * Id:          cache-fault-rechecks-mapping
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      compare folio->mapping after folio_lock(), and look the page up again when it differs
 * Era:         page-xarray
 * Needs:       filemap_fault
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 invalidation
 *   find the page
 *                                             lock it, take it out, unlock it
 *   lock it
 *   set the PTE
 *
 * A reference keeps the memory, not the place in the file; that changes under the page's lock.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread invalidation (O_DIRECT write) */
void invalidate(void)
{
	drop_cache_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ filemap_fault @@
 		folio_lock(folio);
-		if (folio->mapping != mapping) {
-			folio_unlock(folio);
-			folio_put(folio);
-			continue;
-		}
 */
