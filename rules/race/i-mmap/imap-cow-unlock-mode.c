/*
 * A private copy releases for writing what the fault of DAX holds for reading
 *
 * Id:          imap-cow-unlock-mode
 * Rule:        wrong-unlock
 * Seen:        v4.3
 * Introduced:  0f90cc6609c7 ("mm, dax: fix DAX deadlocks")
 * Fixed:       0df9d41ab5d4 ("mm, dax: fix DAX deadlocks (COW fault)")
 * Functions:   do_cow_fault, __dax_fault, i_mmap_unlock_write
 * Advice:      release i_mmap_rwsem in do_cow_fault() in the mode in which __dax_fault() left it
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * A lock that one file takes and another one releases. __dax_fault() answers a fault of
 * a private mapping with VM_FAULT_LOCKED and no page, and leaves i_mmap_rwsem held;
 * do_cow_fault() maps the copy and releases it. One of them was changed from writing
 * to reading, the other was not:
 *
 *   __dax_fault(), fs/dax.c              do_cow_fault(), mm/memory.c
 *   -----------------------              ---------------------------
 *   i_mmap_lock_read()
 *   VM_FAULT_LOCKED, no page
 *                                        maps the copy
 *                                        i_mmap_unlock_write()
 *
 * Each file by itself is balanced, and no test of one of them can see it.
 */

/* @start */
void start(void)
{
	world_file(1);
	world_private_mapping(0);
	world_memory_faults();
}

/* @thread first write to a page of a private mapping, index 0 */
void first(void)
{
	memory_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
}

#ifdef BROKEN
static int do_cow_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		unsigned long address, pmd_t *pmd, pgoff_t pgoff,
		unsigned int flags, pte_t orig_pte)
{
	struct page *fault_page, *new_page;
	struct mem_cgroup *memcg;
	spinlock_t *ptl;
	bool mapped;
	pte_t *pte;
	int ret;

	if (unlikely(anon_vma_prepare(vma)))
		return VM_FAULT_OOM;
	new_page = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, address);
	if (!new_page)
		return VM_FAULT_OOM;
	if (mem_cgroup_try_charge(new_page, mm, GFP_KERNEL, &memcg)) {
		page_cache_release(new_page);
		return VM_FAULT_OOM;
	}

	ret = __do_fault(vma, address, pgoff, flags, new_page, &fault_page);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		goto uncharge_out;
	if (fault_page)
		copy_user_highpage(new_page, fault_page, address, vma);
	__SetPageUptodate(new_page);

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	mapped = pte_same(*pte, orig_pte);
	if (mapped) {
		do_set_pte(vma, address, new_page, pte, true, true);
		mem_cgroup_commit_charge(new_page, memcg, false);
		lru_cache_add_active_or_unevictable(new_page, vma);
	}
	pte_unmap_unlock(pte, ptl);

	if (fault_page) {
		unlock_page(fault_page);
		page_cache_release(fault_page);
	} else {
		i_mmap_unlock_write(vma->vm_file->f_mapping);
	}
	if (mapped)
		return ret;

uncharge_out:
	mem_cgroup_cancel_charge(new_page, memcg);
	page_cache_release(new_page);
	return ret;
}
#endif
