// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - faults on files, until v2.6.22
 *
 * Faultline's telling of the protocol of do_no_page(): ->nopage gives a page
 * that is not locked, and what happened to the file meanwhile is told from
 * truncate_count alone, under the page table's lock. Truncation counts; whoever
 * takes out a page that seems not to be mapped does not, and that race is found
 * here: see cache-fault-versus-invalidate.
 */

/*
 * Takes the page table's lock for the shortest time: everything that sleeps
 * comes before.
 */
static int do_no_page(struct mm_struct *mm, struct vm_area_struct *vma,
		      unsigned long address, pte_t *page_table, pmd_t *pmd,
		      int write_access)
{
	const unsigned long start = address & PAGE_MASK;
	struct page *new_page;
	spinlock_t *ptl;
	struct address_space *mapping = NULL;
	pte_t entry;
	unsigned int sequence = 0;
	int ret = VM_FAULT_MINOR;
	int anon = 0;

	pte_unmap(page_table);
	if (vma->vm_file) {
		mapping = vma->vm_file->f_mapping;
		sequence = mapping->truncate_count;
		smp_rmb();
	}
retry:
	new_page = vma->vm_ops->nopage(vma, start, &ret);
	if (new_page == NOPAGE_OOM || new_page == NOPAGE_SIGBUS)
		return new_page == NOPAGE_OOM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;

	/* Who writes to a private mapping does so to a copy of its own. */
	if (write_access && !(vma->vm_flags & VM_SHARED)) {
		struct page *copy = alloc_page_vma(GFP_HIGHUSER, vma, address);

		if (copy)
			copy_user_highpage(copy, new_page, address, vma);
		page_cache_release(new_page);
		if (!copy)
			return VM_FAULT_OOM;
		anon = 1;
		new_page = copy;
	}

	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (mapping && unlikely(sequence != mapping->truncate_count)) {
		pte_unmap_unlock(page_table, ptl);
		/* A copy goes as well: the next try makes its own. */
		anon = 0;
		page_cache_release(new_page);
		cond_resched();
		sequence = mapping->truncate_count;
		smp_rmb();
		goto retry;
	}
	if (!pte_none(*page_table)) {
		/* Another thread of the process was quicker. */
		page_cache_release(new_page);
		pte_unmap_unlock(page_table, ptl);
		return ret;
	}
	entry = mk_pte(new_page, vma->vm_page_prot);
	if (write_access)
		entry = maybe_mkwrite(pte_mkdirty(entry), vma);
	set_pte_at(mm, address, page_table, entry);
	if (anon)
		page_add_new_anon_rmap(new_page, vma, address);
	else
		page_add_file_rmap(new_page);
	pte_unmap_unlock(page_table, ptl);
	return ret;
}

/*
 * Who faults now, or has not set its PTE yet, learns from the count that it has
 * to look again.
 */
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
	smp_wmb();
	mapping->truncate_count++;
	vma_prio_tree_foreach(vma, &iter, &mapping->i_mmap, first, last) {
		pgoff_t begin = max(first, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_page_range(vma, address_of(vma, begin),
			       (end - begin + 1) << PAGE_SHIFT, &details);
	}
	spin_unlock(&mapping->i_mmap_lock);
}

/*
 * i_size first: a fault that comes later than the count finds that there is
 * nothing any more.
 */
int vmtruncate(struct inode *inode, loff_t offset)
{
	struct address_space *mapping = inode->i_mapping;

	i_size_write(inode, offset);
	unmap_mapping_range(mapping, offset + PAGE_SIZE - 1, 0, 1);
	truncate_inode_pages(mapping, offset);
	return 0;
}
