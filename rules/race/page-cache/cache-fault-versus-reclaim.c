/*
 * A fault maps a page that was dropped because nobody mapped it
 *
 * Id:          cache-fault-versus-reclaim
 * Rule:        stale-mapping-after-invalidate
 * Seen:        v2.6.12
 * Fixed:       "invalidate_complete_page() race fix"
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      take out only a page that nobody but the cache and the caller has a reference to
 * Era:         page-count
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 invalidate_mapping_pages()
 *   find the page
 *                                             lock it; page_mapped(): no
 *                                             take it out
 *   set the PTE
 *
 * Not mapped is not unused. A fault that has found the page has a reference to it, and whoever drops pages as a
 * favour can see that. The fault is do_no_page(), later __do_fault(); the favour invalidate_mapping_pages().
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

/* @thread unused pages are dropped */
void drop(void)
{
	drop_unused_cache(0, 2);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ invalidate_complete_page @@
-		return remove_mapping(mapping, page);
+		return invalidate_complete_page2(mapping, page);
 */
