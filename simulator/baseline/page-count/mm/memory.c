// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - faults on files, until v2.6.22
 *
 * Faultline's own words for the protocol of do_no_page(): ->nopage gives a page
 * that is not locked, and what happened to the file meanwhile is told from
 * truncate_count alone, under the page table's lock. Truncation counts; whoever
 * takes out a page that seems not to be mapped does not, and that race is found
 * here: see cache-fault-versus-invalidate.
 */

/* Takes the page table's lock for the shortest time: everything that sleeps comes before. */
static int do_no_page(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long address, pte_t *page_table,
		      pmd_t *pmd, int write_access)
{
	spinlock_t *ptl;
	struct page *new_page, *copy;
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
	new_page = vma->vm_ops->nopage(vma, address & PAGE_MASK, &ret);
	if (new_page == NOPAGE_SIGBUS)
		return VM_FAULT_SIGBUS;
	if (new_page == NOPAGE_OOM)
		return VM_FAULT_OOM;
	if (write_access && !(vma->vm_flags & VM_SHARED)) {
		copy = alloc_page_vma(GFP_HIGHUSER, vma, address);
		if (!copy) {
			page_cache_release(new_page);
			return VM_FAULT_OOM;
		}
		copy_user_highpage(copy, new_page, address, vma);
		page_cache_release(new_page);
		new_page = copy;
		anon = 1;
	}

	page_table = pte_offset_map_lock(mm, pmd, address, &ptl);
	if (mapping && unlikely(sequence != mapping->truncate_count)) {
		pte_unmap_unlock(page_table, ptl);
		page_cache_release(new_page);
		cond_resched();
		sequence = mapping->truncate_count;
		smp_rmb();
		goto retry;
	}
	if (!pte_none(*page_table)) {
		page_cache_release(new_page);
		goto unlock;
	}
	entry = mk_pte(new_page, vma->vm_page_prot);
	if (write_access)
		entry = maybe_mkwrite(pte_mkdirty(entry), vma);
	set_pte_at(mm, address, page_table, entry);
	if (anon)
		page_add_new_anon_rmap(new_page, vma, address);
	else
		page_add_file_rmap(new_page);
unlock:
	pte_unmap_unlock(page_table, ptl);
	return ret;
}

/* Who faults now, or has not set its PTE yet, learns from the count that it has to look again. */
void unmap_mapping_range(struct address_space *mapping, loff_t const holebegin, loff_t const holelen, int even_cows)
{
	struct zap_details details = { .check_mapping = even_cows ? NULL : mapping };
	pgoff_t first = holebegin >> PAGE_SHIFT;
	pgoff_t last = holelen ? first + ((holelen + PAGE_SIZE - 1) >> PAGE_SHIFT) - 1 : ULONG_MAX;
	struct vm_area_struct *vma;
	struct prio_tree_iter iter;

	spin_lock(&mapping->i_mmap_lock);
	smp_wmb();
	mapping->truncate_count++;
	vma_prio_tree_foreach(vma, &iter, &mapping->i_mmap, first, last) {
		pgoff_t begin = max(first, vma->vm_pgoff);
		pgoff_t end = min(last, vma->vm_pgoff + vma_pages(vma) - 1);

		zap_page_range(vma, address_of(vma, begin), (end - begin + 1) << PAGE_SHIFT, &details);
	}
	spin_unlock(&mapping->i_mmap_lock);
}

/* i_size first: a fault that comes later than the count finds that there is nothing any more. */
int vmtruncate(struct inode *inode, loff_t offset)
{
	i_size_write(inode, offset);
	unmap_mapping_range(inode->i_mapping, offset + PAGE_SIZE - 1, 0, 1);
	truncate_inode_pages(inode->i_mapping, offset);
	return 0;
}
