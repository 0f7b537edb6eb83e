/*
 * Page tables: reading them needs no lock, changing them needs the page table's. A huge PMD and a table of
 * PTEs exclude each other.
 */

spinlock_t *pmd_lock(struct mm_struct *mm, pmd_t *pmd)
{
	__assume("one lock protects all levels of a page table");
	spin_lock(&mm->page_table_lock);
	return &mm->page_table_lock;
}

static void assert_locked(struct mm_struct *mm)
{
	__assert(__holds(&mm->page_table_lock) != 0, "locking-assumption", "a page table is changed without its lock");
}

atomic void set_pmd_at(struct mm_struct *mm, unsigned long address, pmd_t *pmdp, pmd_t pmd)
{
	assert_locked(mm);
	__assert(!pmd_is_table(*pmdp) || !pmd_huge(pmd), "page-table-collision",
		"a huge PMD is installed where a table of PTEs is");
	__event("map", mm, address & PMD_MASK, PMD_SIZE, pmd_pfn(pmd));
	*pmdp = pmd;
}

atomic void set_pte_at(struct mm_struct *mm, unsigned long address, pte_t *ptep, pte_t pte)
{
	assert_locked(mm);
	__event("map", mm, address & PAGE_MASK, PAGE_SIZE, pte_pfn(pte));
	*ptep = pte;
}

/* Nothing is mapped between this and the next set_pmd_at(): who looks without the lock sees none. */
atomic pmd_t pmdp_huge_clear_flush(struct vm_area_struct *vma, unsigned long address, pmd_t *pmdp)
{
	pmd_t old = *pmdp;

	assert_locked(vma->vm_mm);
	end_stores(pmd_pfn(old), pmd_write(old) ? PMD_PAGES : 0);
	*pmdp = 0;
	return old;
}

/* Neither present nor none until it is set again. */
atomic pmd_t pmdp_invalidate(struct vm_area_struct *vma, unsigned long address, pmd_t *pmdp)
{
	pmd_t old = *pmdp;

	assert_locked(vma->vm_mm);
	end_stores(pmd_pfn(old), pmd_write(old) ? PMD_PAGES : 0);
	*pmdp = (old & ~MAP_PRESENT) | MAP_INVALID;
	return old;
}

atomic pte_t ptep_clear_flush(struct vm_area_struct *vma, unsigned long address, pte_t *ptep)
{
	pte_t old = *ptep;

	assert_locked(vma->vm_mm);
	end_stores(pte_pfn(old), pte_write(old));
	*ptep = 0;
	return old;
}

/* A huge PMD of a file is not split into PTEs: it goes, and later faults bring the pages back. */
atomic void split_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address)
{
	if (!pmd_huge(*pmd))
		return;
	spin_lock(&vma->vm_mm->page_table_lock);
	if (pmd_huge(*pmd)) {
		__event("unmap", vma->vm_mm, address & PMD_MASK, PMD_SIZE);
		count_unmapping(pmd_pfn(*pmd));
		*pmd = 0;
	}
	spin_unlock(&vma->vm_mm->page_table_lock);
}
