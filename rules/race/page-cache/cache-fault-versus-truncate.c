/*
 * A fault maps a page that truncation has just taken away
 *
 * Id:          cache-fault-versus-truncate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      look at truncate_count again under the page table's lock, and retry when it has changed
 * Era:         page-count
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 truncation
 *   truncate_count, then i_size: inside
 *   find the page
 *                                             i_size = 0
 *                                             truncate_count++, unmap: nothing
 *                                             the page leaves the tree
 *   lock the page table
 *   set the PTE
 *
 * Until v2.6.22 the count told the fault to look again; since then the page's lock keeps the two apart, and
 * i_size is looked at once more under it. Without either, a page beyond the end stays mapped. Later kernels do
 * this in __do_fault(), filemap_fault() and truncate_inode_pages_range().
 */

/* @start */
void start(void)
{
	world_cached_file(1);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread truncation to nothing */
void truncate(void)
{
	truncate_cached_file(0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ do_no_page @@
-	if (mapping && unlikely(sequence != mapping->truncate_count)) {
-		pte_unmap_unlock(page_table, ptl);
-		anon = 0;
-		page_cache_release(new_page);
-		cond_resched();
-		sequence = mapping->truncate_count;
-		smp_rmb();
-		goto retry;
-	}
 */
