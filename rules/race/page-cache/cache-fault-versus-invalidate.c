/*
 * A fault maps a page that an invalidation has just taken out of the page cache
 *
 * Id:          cache-fault-versus-invalidate
 * Rule:        stale-mapping-after-invalidate
 * Seen:        v2.6.12..v2.6.22
 * Fixed:       d00806b18315 ("mm: fix fault vs invalidate race for linear mappings")
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      keep the page locked from the lookup until its PTE is set, and look at page->mapping under the lock
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 O_DIRECT write, or NFS
 *   ->nopage finds the page, and has a
 *   reference
 *                                             lock_page()
 *                                             page_mapped(): no
 *                                             the page leaves the tree
 *   lock the page table
 *   truncate_count is what it was
 *   set the PTE
 *
 * The process goes on reading a page with page->mapping == NULL that nobody will ever update, and others get a
 * new one. i_size does not shrink here, so that what protects truncation (truncate_count) protects nothing, and
 * the lock of the page is of no use against a fault that does not take it. Until v2.6.22 do_no_page() and
 * filemap_nopage() faulted, later __do_fault() and filemap_fault(); invalidate_inode_pages2_range() takes away.
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

/* @thread invalidation of the file's pages (O_DIRECT write, NFS) */
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
-		page = find_lock_page(mapping, vmf->pgoff);
+		page = find_get_page(mapping, vmf->pgoff);
@@ filemap_fault @@
 			break;
+		lock_page(page);
 		error = mapping->a_ops->readpage(file, page);
@@ filemap_fault @@
-		return VM_FAULT_LOCKED;
+		return 0;
 	}
-	unlock_page(page);
@@ __do_fault @@
-	if (!(ret & VM_FAULT_LOCKED))
-		lock_page(vmf.page);
@@ __do_fault @@
-	unlock_page(vmf.page);
 */
