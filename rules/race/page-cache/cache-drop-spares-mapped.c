/*
 * Faults wait for ever after unused pages were dropped beside one that is mapped
 *
 * Id:          cache-drop-spares-mapped
 * Rule:        lock-leak
 * Seen:        -
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      close the section on the path that leaves the mapped page alone, too
 * Era:         page-count
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * A proposal of 2005 lets faults wait while an invalidation is under way: it counts its writers, and do_no_page()
 * yields and tries again until there are none.
 *
 * 1 page fault                              2 invalidate_mapping_pages()
 *                                             lock the page
 *                                             writers++
 *                                             page_mapped(): leave it alone,
 *                                             and do not come by writers--
 *   writers: 1, yield, retry
 *   ...
 *
 * The counter is no lock that anybody but its inventor knows; what tells is that the fault never ends.
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
@@ do_no_page @@
 	int anon = 0;
+	int invalidation;
@@ do_no_page @@
 retry:
+	invalidation = atomic_read(&invalidation_sequence);
+	if (atomic_read(&invalidations)) {
+		yield();
+		goto retry;
+	}
 	new_page = vma->vm_ops->nopage(vma, start, &ret);
@@ do_no_page @@
-	if (mapping && unlikely(sequence != mapping->truncate_count)) {
+	if (sequence != mapping->truncate_count ||
+	    atomic_read(&invalidations) ||
+	    invalidation != atomic_read(&invalidation_sequence)) {
@@ invalidate_mapping_pages @@
+			section_write_lock(&invalidations);
 			if (unlikely(page_mapped(page)))
 				goto unlock;
 			ret += invalidate_complete_page(mapping, page);
 unlock:
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

/* Closes the section that its caller has opened. */
static int invalidate_complete_page(struct address_space *mapping,
				    struct page *page)
{
	int ret = 0;

	if (page->mapping == mapping)
		ret = remove_mapping(mapping, page);
	section_write_unlock(&invalidations);
	return ret;
}

#endif
