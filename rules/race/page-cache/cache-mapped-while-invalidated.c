/*
 * A page that one process maps is invalidated while another faults it in
 *
 * Id:          cache-mapped-while-invalidated
 * Rule:        stale-mapping-after-invalidate
 * Seen:        v2.6.12..v2.6.22
 * Fixed:       d00806b18315 ("mm: fix fault vs invalidate race for linear mappings")
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      unmap under the lock of the page, after it was found to belong to the file still
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault of process 0                 2 invalidation
 *                                             mapped by process 1: unmap
 *   find and lock the page, set the PTE,
 *   unlock
 *                                             lock the page, take it out
 *
 * Taking mappings away before the page is locked saves work and proves nothing: until the lock is held, faults
 * bring them back.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_second_mm();
	world_cached_page(0);
	cached_fault(1, 0, 0);
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
@@ invalidate_inode_pages2_range @@
+			if (folio_mapped(folio))
+				unmap_mapping_pages(mapping, indices[i], 1, 0);
 			folio_lock(folio);
@@ invalidate_inode_pages2_range @@
-				if (folio_mapped(folio))
-					unmap_mapping_folio(folio);
-				BUG_ON(folio_mapped(folio));
 */
