/* Finding what is mapped at an address, and write-protecting it for writeback. */

/* 0 with the page table locked and either *ptep or *pmdp set; the other is left as it was. */
static int follow(struct mm_struct *mm, unsigned long address, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	pmd_t *pmd = pmd_of(mm, address);

	*lock = pmd_lock(mm, pmd);
	if (pmd_huge(*pmd) && pmdp) {
		*pmdp = pmd;
		return 0;
	}
	if (pmd_is_table(*pmd) && pte_present(*pte_of(mm, address))) {
		*ptep = pte_of(mm, address);
		return 0;
	}
	spin_unlock(*lock);
	return -EINVAL;
}

instead int follow_pte_pmd(struct mm_struct *mm, unsigned long address, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	return follow(mm, address, ptep, pmdp, lock);
}

instead int follow_pte_pmd(struct mm_struct *mm, unsigned long address, struct mmu_notifier_range *range, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	return follow(mm, address, ptep, pmdp, lock);
}

instead int follow_pte_pmd(struct mm_struct *mm, unsigned long address, unsigned long *start, unsigned long *end, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	*start = address;
	*end = address + PAGE_SIZE;
	return follow(mm, address, ptep, pmdp, lock);
}

instead int follow_pte(struct mm_struct *mm, unsigned long address, struct mmu_notifier_range *range, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	return follow(mm, address, ptep, pmdp, lock);
}

instead int follow_invalidate_pte(struct mm_struct *mm, unsigned long address, struct mmu_notifier_range *range, pte_t **ptep, pmd_t **pmdp, spinlock_t **lock)
{
	return follow(mm, address, ptep, pmdp, lock);
}

static atomic int protect_page(struct mm_struct *mm, unsigned long address, unsigned long pfn)
{
	pmd_t *pmd = pmd_of(mm, address);
	pte_t *pte = pte_of(mm, address);
	int cleaned = 0;

	spin_lock(&mm->page_table_lock);
	if (pmd_huge(*pmd) && pmd_pfn(*pmd) + table_slot(address) % PMD_PAGES == pfn) {
		cleaned = pmd_dirty(*pmd) || pmd_write(*pmd);
		end_stores(pmd_pfn(*pmd), pmd_write(*pmd) ? PMD_PAGES : 0);
		*pmd &= ~(MAP_WRITE | MAP_DIRTY);
	} else if (pmd_is_table(*pmd) && pte_present(*pte) && pte_pfn(*pte) == pfn) {
		cleaned = pte_dirty(*pte) || pte_write(*pte);
		end_stores(pfn, pte_write(*pte));
		*pte &= ~(MAP_WRITE | MAP_DIRTY);
	}
	spin_unlock(&mm->page_table_lock);
	return cleaned;
}

/* Every page of [pfn, pfn + count), which the file has at `index`, in one mapping. */
int pfn_mkclean_range(unsigned long pfn, unsigned long count, pgoff_t index, struct vm_area_struct *vma)
{
	unsigned long n, address;
	int cleaned = 0;

	for (n = 0; n < count; n++) {
		if (index + n < vma->vm_pgoff)
			continue;
		address = address_of(vma, index + n);
		if (address < vma->vm_end)
			cleaned += protect_page(vma->vm_mm, address, pfn + n);
	}
	return cleaned;
}
