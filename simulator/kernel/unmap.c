/*
 * Taking mappings away. The walk looks at the PMD first, without the lock, and passes a range that seems
 * empty; what is there goes under the lock. A huge PMD that is only partly in the range goes as a whole.
 */

/* Private copies and pages of holes lose the reference of the mapping; blocks of the device have one since v6.15. */
static void zap_ptes(struct mm_struct *mm, unsigned long first, unsigned long last, bool even_cows)
{
	unsigned long address;
	pte_t *pte;

	for (address = first; address < last; address += PAGE_SIZE) {
		pte = pte_of(mm, address);
		if (pte_none(*pte) || (!even_cows && pte_pfn(*pte) >= FREE_PFN && pte_write(*pte)))
			continue;
		__event("unmap", mm, address, PAGE_SIZE);
		if (pte_pfn(*pte) >= FREE_PFN)
			put_page(pfn_to_page(pte_pfn(*pte)));
		count_unmapping(pte_pfn(*pte));
		end_stores(pte_pfn(*pte), pte_write(*pte));
		*pte = 0;
	}
}

/* One PMD of one process: [first, last) lies inside of it. */
static atomic bool pmd_seems_empty(pmd_t *pmd)
{
	return pmd_none(*pmd);
}

static atomic void zap_pmd(struct vm_area_struct *vma, unsigned long first, unsigned long last, bool even_cows)
{
	struct mm_struct *mm = vma->vm_mm;
	pmd_t *pmd = pmd_of(mm, first);

	spin_lock(&mm->page_table_lock);
	if (pmd_huge(*pmd)) {
		__event("unmap", mm, first & PMD_MASK, PMD_SIZE);
		count_unmapping(pmd_pfn(*pmd));
		end_stores(pmd_pfn(*pmd), pmd_write(*pmd) ? PMD_PAGES : 0);
		*pmd = 0;
	} else if (pmd_is_table(*pmd)) {
		zap_ptes(mm, first, last, even_cows);
	}
	spin_unlock(&mm->page_table_lock);
}

/* Addresses [first, last) of a mapping; private copies stay unless even_cows. */
void zap_range(struct vm_area_struct *vma, unsigned long first, unsigned long last, bool even_cows)
{
	unsigned long end;

	for (; first < last; first = end) {
		end = (first & PMD_MASK) + PMD_SIZE;
		if (!pmd_seems_empty(pmd_of(vma->vm_mm, first)))
			zap_pmd(vma, first, end < last ? end : last, even_cows);
	}
}

/* Page indices [start, start + count) of a file, in every process. */
otherwise void unmap_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t count, bool even_cows)
{
	struct vm_area_struct *vma;
	pgoff_t last = start + count - 1;

	if (last < start)
		last = ULONG_MAX;
	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, start, last) {
		pgoff_t first = start > vma->vm_pgoff ? start : vma->vm_pgoff;
		pgoff_t beyond = vma->vm_pgoff + ((vma->vm_end - vma->vm_start) >> PAGE_SHIFT);

		if (last < beyond)
			beyond = last + 1;
		zap_range(vma, address_of(vma, first), address_of(vma, beyond), even_cows);
	}
	i_mmap_unlock_read(mapping);
}

/* The same in bytes; length 0 is everything up to the end. */
otherwise void unmap_mapping_range(struct address_space *mapping, loff_t start, loff_t length, int even_cows)
{
	pgoff_t first = (pgoff_t)start >> PAGE_SHIFT;
	pgoff_t count = ((pgoff_t)length + PAGE_SIZE - 1) >> PAGE_SHIFT;

	unmap_mapping_pages(mapping, first, length ? count : 0, even_cows);
}
