/*
 * Insertion of page frames into page tables, as the faults of DAX use it. What happens when something is
 * mapped there already differs with the call: it is left alone, made writable when it is the same frame, or
 * (huge PMDs until v5.1) written over.
 */

/* 0, or -EBUSY when something else is mapped there. */
static int insert_under_lock(struct vm_area_struct *vma, unsigned long address, unsigned long pfn, bool mkwrite)
{
	struct mm_struct *mm = vma->vm_mm;
	pmd_t *pmd = pmd_of(mm, address);
	pte_t *pte = pte_of(mm, address);

	__assert(!pmd_huge(*pmd), "page-table-collision", "a PTE is inserted where a huge PMD is mapped");
	if (pmd_none(*pmd))
		*pmd = MAP_TABLE;
	if (pte_none(*pte)) {
		__event("map", mm, address & PAGE_MASK, PAGE_SIZE, pfn);
		*pte = pfn_pte(pfn, 0) | (mkwrite ? MAP_WRITE | MAP_DIRTY : 0);
		return 0;
	}
	if (!mkwrite)
		return -EBUSY;
	if (pte_pfn(*pte) != pfn) {
		if (!is_zero_pfn(pte_pfn(*pte)))
			__warn("insert_pfn: another page frame is mapped there than is made writable");
		return -EBUSY;
	}
	*pte |= MAP_WRITE | MAP_DIRTY;
	return 0;
}

atomic int insert_pfn(struct vm_area_struct *vma, unsigned long address, unsigned long pfn, bool mkwrite)
{
	int error;

	__might_sleep();
	spin_lock(&vma->vm_mm->page_table_lock);
	error = insert_under_lock(vma, address, pfn, mkwrite);
	spin_unlock(&vma->vm_mm->page_table_lock);
	return error;
}

instead int vm_insert_mixed(struct vm_area_struct *vma, unsigned long address, pfn_t pfn)
{
	return insert_pfn(vma, address, pfn_t_to_pfn(pfn), false);
}

instead int vm_insert_mixed_mkwrite(struct vm_area_struct *vma, unsigned long address, pfn_t pfn)
{
	return insert_pfn(vma, address, pfn_t_to_pfn(pfn), true);
}

/* -EBUSY: another thread faulted the same page in, and the CPU will find out. */
instead vm_fault_t vmf_insert_mixed(struct vm_area_struct *vma, unsigned long address, pfn_t pfn)
{
	insert_pfn(vma, address, pfn_t_to_pfn(pfn), false);
	return VM_FAULT_NOPAGE;
}

instead vm_fault_t vmf_insert_mixed_mkwrite(struct vm_area_struct *vma, unsigned long address, pfn_t pfn)
{
	insert_pfn(vma, address, pfn_t_to_pfn(pfn), true);
	return VM_FAULT_NOPAGE;
}

static pmd_t huge_pmd(unsigned long pfn, bool write)
{
	return pmd_mkhuge(pfn_pmd(pfn, 0)) | (write ? MAP_WRITE | MAP_DIRTY : 0);
}

/*
 * Until v5.1: whatever was there is written over; before the frames of devices had a type of their own, what
 * was there stayed.
 */
atomic vm_fault_t vmf_insert_pfn_pmd(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd, pfn_t pfn, bool write)
{
	spin_lock(&vma->vm_mm->page_table_lock);
#if __uses(get_block_t) && !__uses(pfn_t_devmap)
	if (pmd_none(*pmd))
#endif
		set_pmd_at(vma->vm_mm, address, pmd, huge_pmd(pfn_t_to_pfn(pfn), write));
	spin_unlock(&vma->vm_mm->page_table_lock);
	return VM_FAULT_NOPAGE;
}

/* Since v5.2: what is there stays, and becomes writable when it is the same. */
static void insert_huge_under_lock(struct vm_fault *vmf, unsigned long pfn, bool write)
{
	pmd_t *pmd = vmf->pmd;

	if (pmd_none(*pmd)) {
		set_pmd_at(vmf->vma->vm_mm, vmf->address, pmd, huge_pmd(pfn, write));
	} else if (write && !pmd_huge(*pmd)) {
		__violate("page-table-collision", "a huge PMD is inserted where a table of PTEs is");
	} else if (write && pmd_pfn(*pmd) != pfn) {
		if (!is_huge_zero_pmd(*pmd))
			__warn("insert_pfn_pmd: something else is mapped there than is made writable");
	} else if (write) {
		*pmd |= MAP_WRITE | MAP_DIRTY;
	}
}

atomic vm_fault_t vmf_insert_pfn_pmd(struct vm_fault *vmf, pfn_t pfn, bool write)
{
	spin_lock(&vmf->vma->vm_mm->page_table_lock);
	insert_huge_under_lock(vmf, pfn_t_to_pfn(pfn), write);
	spin_unlock(&vmf->vma->vm_mm->page_table_lock);
	return VM_FAULT_NOPAGE;
}

#if MAPPINGS_COUNTED

/* Since v6.15, for pages that mappings count. The caller holds a reference while it asks for this. */
static int insert_page(struct vm_area_struct *vma, unsigned long address, struct page *page, bool mkwrite)
{
	pte_t *pte = pte_of(vma->vm_mm, address);
	bool fresh = pte_none(*pte);
	int error;

	if (!page_ref_count(page))
		return -EINVAL;
	if (!fresh && mkwrite && pte_pfn(*pte) != page_to_pfn(page)) {
		WARN_ON_ONCE(!is_zero_pfn(pte_pfn(*pte)));
		return -EFAULT;
	}
	error = insert_under_lock(vma, address, page_to_pfn(page), mkwrite);
	if (fresh && !error)
		count_mapping(page_to_pfn(page));
	return error;
}

/* What is mapped there stays: it is no error when nothing is to become writable, or the same page is. */
instead atomic vm_fault_t vmf_insert_page_mkwrite(struct vm_fault *vmf, struct page *page, bool write)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	int error;

	__might_sleep();
	if (vmf->address < vmf->vma->vm_start || vmf->address >= vmf->vma->vm_end)
		return VM_FAULT_SIGBUS;
	spin_lock(&mm->page_table_lock);
	error = insert_page(vmf->vma, vmf->address, page, write);
	spin_unlock(&mm->page_table_lock);
	return error && error != -EBUSY ? VM_FAULT_SIGBUS : VM_FAULT_NOPAGE;
}

/* The same at the size of a PMD, of a folio that is as large. */
instead atomic vm_fault_t vmf_insert_folio_pmd(struct vm_fault *vmf, struct folio *folio, bool write)
{
	pmd_t *pmd = vmf->pmd;
	bool fresh;

	if (WARN_ON_ONCE(folio_order(folio) != PMD_ORDER))
		return VM_FAULT_SIGBUS;
	spin_lock(&vmf->vma->vm_mm->page_table_lock);
	fresh = pmd_none(*pmd);
	insert_huge_under_lock(vmf, folio_pfn(folio), write);
	if (fresh)
		count_mapping(folio_pfn(folio));
	spin_unlock(&vmf->vma->vm_mm->page_table_lock);
	return VM_FAULT_NOPAGE;
}

#endif

#if !CACHE_WORLD

/* Maps the page that a fault prepared: a private copy, or (until v4.14) the page of a hole. */
instead atomic vm_fault_t finish_fault(struct vm_fault *vmf)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	bool copy = (vmf->flags & FAULT_FLAG_WRITE) && !(vmf->vma->vm_flags & VM_SHARED);
	struct page *page = copy ? vmf->cow_page : vmf->page;
	pte_t *pte = pte_of(mm, vmf->address);
	pmd_t *pmd = pmd_of(mm, vmf->address);
	vm_fault_t result = VM_FAULT_NOPAGE;

	spin_lock(&mm->page_table_lock);
	if (pmd_none(*pmd))
		*pmd = MAP_TABLE;
	if (!pmd_huge(*pmd) && (pte_none(*pte) || (copy && !pte_write(*pte)))) {
		__event("map", mm, vmf->address & PAGE_MASK, PAGE_SIZE, page_to_pfn(page));
		if (!pte_none(*pte))
			count_unmapping(pte_pfn(*pte));
		*pte = mk_pte(page, 0) | (copy ? MAP_WRITE | MAP_DIRTY : 0);
		result = 0;
	}
	spin_unlock(&mm->page_table_lock);
	return result;
}

/* Makes writable what the fault saw, if it is still mapped. */
instead atomic vm_fault_t finish_mkwrite_fault(struct vm_fault *vmf)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	pte_t *pte = pte_of(mm, vmf->address);
	vm_fault_t result = VM_FAULT_NOPAGE;

	spin_lock(&mm->page_table_lock);
	if (pte_same(*pte, vmf->orig_pte)) {
		*pte |= MAP_WRITE | MAP_DIRTY;
		result = VM_FAULT_WRITE;
	}
	spin_unlock(&mm->page_table_lock);
	return result;
}

#endif
