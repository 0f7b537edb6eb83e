/*
 * A fault that has to wait for an invalidation yields under the page table's lock
 *
 * Id:          cache-fault-yields-under-lock
 * Rule:        sleep-in-atomic
 * Seen:        -
 * Link:        lkml, 13 December 2005, "smp race fix between invalidate_inode_pages* and do_no_page"
 * Advice:      give the page table's lock back before yielding
 * Era:         page-count
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * The second look of a retry loop is taken under the lock that the PTE is set under. What is done when it fails is
 * done after that lock was given back.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread another page is dropped */
void drop(void)
{
	drop_unused_cache(1, 1);
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
+		yield();
 		pte_unmap_unlock(page_table, ptl);
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

static int invalidate_complete_page(struct address_space *mapping,
				    struct page *page)
{
	int ret = 0;

	section_write_lock(&invalidations);
	if (page->mapping == mapping)
		ret = remove_mapping(mapping, page);
	section_write_unlock(&invalidations);
	return ret;
}

#endif
