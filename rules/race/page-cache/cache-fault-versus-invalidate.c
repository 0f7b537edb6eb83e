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

#ifdef BROKEN

/* The page is looked up and handed on without its lock. */
int filemap_fault(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct file *file = vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	pgoff_t size = (i_size_read(mapping->host) + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	struct page *page;

	if (vmf->pgoff >= size)
		return VM_FAULT_SIGBUS;
	while (!(page = find_get_page(mapping, vmf->pgoff)))
		if (page_cache_read(file, vmf->pgoff))
			return VM_FAULT_SIGBUS;
	wait_on_page_locked(page);
	vmf->page = page;
	return 0;
}

static int __do_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long address, pmd_t *pmd, pgoff_t pgoff, unsigned int flags, pte_t orig_pte)
{
	struct vm_fault vmf = { .pgoff = pgoff, .flags = flags };
	int ret = vma->vm_ops->fault(vma, &vmf);
	pte_t *page_table;
	spinlock_t *ptl;

	if (ret & VM_FAULT_ERROR)
		return ret;
	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (pte_same(*page_table, orig_pte)) {
		page_add_file_rmap(vmf.page);
		set_pte_at(mm, address, page_table, mk_pte(vmf.page, vma->vm_page_prot));
	} else {
		page_cache_release(vmf.page);
	}
	pte_unmap_unlock(page_table, ptl);
	return ret;
}

#endif
