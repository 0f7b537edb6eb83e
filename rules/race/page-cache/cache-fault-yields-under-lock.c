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

static int do_no_page(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long address, pte_t *page_table, pmd_t *pmd, int write_access)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	int sequence, invalidation, ret = VM_FAULT_MINOR;
	struct page *new_page;
	spinlock_t *ptl;

retry:
	sequence = mapping->truncate_count;
	invalidation = atomic_read(&invalidation_sequence);
	if (atomic_read(&invalidations)) {
		yield();
		goto retry;
	}
	new_page = vma->vm_ops->nopage(vma, address & PAGE_MASK, &ret);
	if (new_page == NOPAGE_SIGBUS || new_page == NOPAGE_OOM)
		return VM_FAULT_SIGBUS;
	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (sequence != mapping->truncate_count || atomic_read(&invalidations) ||
	    invalidation != atomic_read(&invalidation_sequence)) {
		yield();
		pte_unmap_unlock(page_table, ptl);
		page_cache_release(new_page);
		goto retry;
	}
	if (pte_none(*page_table)) {
		set_pte_at(mm, address, page_table, mk_pte(new_page, vma->vm_page_prot));
		page_add_file_rmap(new_page);
	} else {
		page_cache_release(new_page);
	}
	pte_unmap_unlock(page_table, ptl);
	return ret;
}

unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	int i;

	pagevec_init(&pvec, 0);
	while (next <= end && pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE)) {
		for (i = 0; i < pagevec_count(&pvec); i++) {
			struct page *page = pvec.pages[i];

			next = page->index + 1;
			if (TestSetPageLocked(page))
				continue;
			section_write_lock(&invalidations);
			if (!page_mapped(page))
				invalidate_complete_page(mapping, page);
			section_write_unlock(&invalidations);
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
	return 0;
}

#endif
