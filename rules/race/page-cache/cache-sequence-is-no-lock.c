/*
 * A fault looks at a sequence, an invalidation begins, and the fault maps the page
 *
 * Id:          cache-sequence-is-no-lock
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Fixed:       d00806b18315 ("mm: fix fault vs invalidate race for linear mappings")
 * Advice:      let the page's lock keep fault and invalidation apart: no look at a sequence is one step with set_pte_at()
 * Era:         page-lock
 * Needs:       filemap_fault
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 invalidation
 *   find the page; writers 0, sequence 1
 *   lock the page table
 *   writers 0, sequence 1: go on
 *                                             writers++
 *                                             page_mapped(): no
 *                                             take the page out
 *                                             sequence++, writers--
 *   set the PTE
 *
 * A reader of a sequence has to look after its work, and be able to undo it. Here the look comes before, and the
 * writer, which finds that the page is not mapped, never takes the page table's lock that would hold it up.
 * (What was proposed for do_no_page() in 2005 is told as cache-fault-versus-invalidate, which it was to mend.)
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
 	int unchanged, ret;
+	int sequence;
 
+retry:
+	sequence = atomic_read(&invalidation_sequence);
+	if (atomic_read(&invalidations)) {
+		yield();
+		goto retry;
+	}
 	ret = vma->vm_ops->fault(vma, &vmf);
@@ __do_fault @@
-	if (!(ret & VM_FAULT_LOCKED))
-		lock_page(vmf.page);
@@ __do_fault @@
 	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
+	if (atomic_read(&invalidations) ||
+	    sequence != atomic_read(&invalidation_sequence)) {
+		pte_unmap_unlock(page_table, ptl);
+		page_cache_release(vmf.page);
+		goto retry;
+	}
@@ __do_fault @@
-	unlock_page(vmf.page);
 */

#ifdef BROKEN

atomic_t invalidations;
atomic_t invalidation_sequence;

static void section_write_lock(atomic_t *writers)
{
	atomic_inc(writers);
}

static void section_write_unlock(atomic_t *writers)
{
	atomic_inc(&invalidation_sequence);
	atomic_dec(writers);
}

static int invalidate_complete_page2(struct address_space *mapping,
				     struct page *page)
{
	section_write_lock(&invalidations);
	unmap_page(mapping, page);
	remove_from_page_cache(page);
	page_cache_release(page);
	section_write_unlock(&invalidations);
	return 1;
}

#endif
