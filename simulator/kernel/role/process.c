/* What a process does to its own page table, and devices to the pages that are mapped there. */

void unmap_process(int process, unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	zap_range(&vma[process], address_of(&vma[process], index), address_of(&vma[process], index + count), true);
	leave_file();
}

/* Under the page table's lock: what is mapped cannot be unmapped while its reference is taken. */
atomic int pin_page(int process, unsigned long index)
{
	struct mm_struct *space = &mm[process];
	unsigned long address = address_of(&vma[process], index), pfn = 0;
	pmd_t pmd;
	pte_t pte;

	spin_lock(&space->page_table_lock);
	pmd = *pmd_of(space, address);
	pte = *pte_of(space, address);
	if (pmd_huge(pmd))
		pfn = pmd_pfn(pmd) + index % PMD_PAGES;
	else if (pmd_is_table(pmd) && pte_present(pte))
		pfn = pte_pfn(pte);
	if (pfn >= BLOCK_PFN)
		get_page(pfn_to_page(pfn));
	spin_unlock(&space->page_table_lock);
	return pfn >= BLOCK_PFN;
}

void unpin_page(unsigned long index)
{
	put_page(block_page(index));
}
