/*
 * What the page cache asks of page tables: a PTE with its lock, and taking away what maps a range. Every table
 * is there already; only PTEs come and go.
 */
#if CACHE_WORLD

fused pte_t *pte_offset_map(pmd_t *pmd, unsigned long address)
{
	struct mm_struct *space = mm_of_pmd(pmd);

	return pte_of(space, address);
}

fused spinlock_t *pte_lockptr(struct mm_struct *space, pmd_t *pmd)
{
	return &space->page_table_lock;
}

pte_t *pte_offset_map_lock(struct mm_struct *space, pmd_t *pmd, unsigned long address, spinlock_t **lock)
{
	__assume("one lock protects all levels of a page table");
	*lock = &space->page_table_lock;
	spin_lock(&space->page_table_lock);
	return pte_of(space, address);
}

/* Whether an unmapping leaves a page alone: a private copy, or what belongs to no file or another. */
static bool is_spared(struct zap_details *details, struct page *page)
{
#if __has_function(should_zap_cows)
	return page->anonymous && !should_zap_cows(details);
#elif __has_function(zap_skip_check_mapping)
	return zap_skip_check_mapping(details, page);
#else
	return details && details->check_mapping && details->check_mapping != page->mapping;
#endif
}

/* One step, as the page table's lock makes it: PTE, count and reference go together for whoever takes that lock. */
atomic void zap_pages(struct vm_area_struct *vma, unsigned long first, unsigned long last, struct zap_details *details)
{
	struct mm_struct *space = vma->vm_mm;
	unsigned long address;
	struct page *page;
	pte_t *pte;

	spin_lock(&space->page_table_lock);
	for (address = first; address < last; address += PAGE_SIZE) {
		pte = pte_of(space, address);
		if (!pte_present(*pte))
			continue;
		page = pfn_to_page(pte_pfn(*pte));
		if (is_spared(details, page))
			continue;
		__event("unmap", space, address, PAGE_SIZE);
		if (pte_dirty(*pte))
			page->dirty = 1;
		*pte = 0;
		page->mapcount--;
		put_page(page);
	}
	spin_unlock(&space->page_table_lock);
}

instead unsigned long zap_page_range(struct vm_area_struct *vma, unsigned long address, unsigned long size, struct zap_details *details)
{
	zap_pages(vma, address, address + size, details);
	return address + size;
}

instead void zap_page_range_single(struct vm_area_struct *vma, unsigned long address, unsigned long size, struct zap_details *details)
{
	zap_pages(vma, address, address + size, details);
}

#endif
