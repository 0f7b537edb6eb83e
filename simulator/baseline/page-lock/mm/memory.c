// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - faults on files, from v2.6.23 on
 *
 * Faultline's telling of the protocol that ended the race between faults and
 * invalidation: ->fault gives the page locked, it stays locked until its PTE is
 * set, and who takes a page out of the file unmaps it under the same lock.
 */

static int __do_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		      unsigned long address, pmd_t *pmd, pgoff_t pgoff,
		      unsigned int flags, pte_t orig_pte)
{
	struct vm_fault vmf = {
		.virtual_address = (void *)(address & PAGE_MASK),
		.pgoff = pgoff,
		.flags = flags,
	};
	pte_t *page_table, entry;
	spinlock_t *ptl;
	int unchanged, ret;

	ret = vma->vm_ops->fault(vma, &vmf);
	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE))
		return ret;
	if (!(ret & VM_FAULT_LOCKED))
		lock_page(vmf.page);

	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
	unchanged = pte_same(*page_table, orig_pte);
	if (unchanged) {
		entry = mk_pte(vmf.page, vma->vm_page_prot);
		if (flags & FAULT_FLAG_WRITE)
			entry = maybe_mkwrite(pte_mkdirty(entry), vma);
		page_add_file_rmap(vmf.page);
		set_pte_at(mm, address, page_table, entry);
	}
	pte_unmap_unlock(page_table, ptl);
	unlock_page(vmf.page);
	/* The PTE keeps the reference; without one it is given back. */
	if (!unchanged)
		page_cache_release(vmf.page);
	return ret;
}

static int do_linear_fault(struct mm_struct *mm, struct vm_area_struct *vma,
			   unsigned long address, pte_t *page_table, pmd_t *pmd,
			   unsigned int flags, pte_t orig_pte)
{
	pgoff_t nth = (address - vma->vm_start) >> PAGE_SHIFT;

	pte_unmap(page_table);
	return __do_fault(mm, vma, address, pmd, vma->vm_pgoff + nth, flags,
			  orig_pte);
}

void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin,
			 loff_t const holelen, int even_cows)
{
	struct zap_details details = {
		.check_mapping = even_cows ? NULL : mapping,
	};
	pgoff_t first = holebegin >> PAGE_SHIFT, last = ULONG_MAX;
	struct vm_area_struct *vma;
	struct prio_tree_iter iter;

	if (holelen)
		last = first + DIV_ROUND_UP(holelen, PAGE_SIZE) - 1;
	spin_lock(&mapping->i_mmap_lock);
	vma_prio_tree_foreach(vma, &iter, &mapping->i_mmap, first, last) {
		pgoff_t begin = max(first, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_page_range(vma, address_of(vma, begin),
			       (end - begin + 1) << PAGE_SHIFT, &details);
	}
	spin_unlock(&mapping->i_mmap_lock);
}
