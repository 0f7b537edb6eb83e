// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - the walk over a file's mappings, and faults through a mapping's
 * operations, at the time of get_block with the lock held for writing
 *
 * Faultline's telling of the protocol of the candidates of v4.3: a handler that
 * answers VM_FAULT_LOCKED without a page has left i_mmap_rwsem held for
 * writing.
 *
 * Based on: get-block
 */

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

	new_page = alloc_cow_page(mm, vma, address, &memcg);
	if (!new_page)
		return VM_FAULT_OOM;

	ret = __do_fault(vma, address, pgoff, flags, new_page, &fault_page);
	if (fault_is_over(ret))
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

	if (!fault_page) {
		/* What the handler holds in place of a page's lock. */
		i_mmap_unlock_write(vma->vm_file->f_mapping);
	} else {
		unlock_page(fault_page);
		page_cache_release(fault_page);
	}
	if (mapped)
		return ret;

uncharge_out:
	mem_cgroup_cancel_charge(new_page, memcg);
	page_cache_release(new_page);
	return ret;
}
