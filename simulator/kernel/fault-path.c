/* Below the page table's lock: what the code of mm/memory.c finds there. */
#if !CACHE_WORLD

/* A table of PTEs is there afterwards, as the generic fault path has made sure before. */
atomic pte_t *lock_pte(struct mm_struct *mm, pmd_t *pmd, unsigned long address, spinlock_t **lock)
{
	*lock = &mm->page_table_lock;
	spin_lock(*lock);
	if (pmd_none(*pmd))
		*pmd = MAP_TABLE;
	return pte_of(mm, address);
}

/* The layout of the details is that of the file under review, which may define it itself. */
instead void zap_page_range_single(struct vm_area_struct *vma, unsigned long address, unsigned long size, struct zap_details *details)
{
#if __has_function(should_zap_cows)
	bool even_cows = should_zap_cows(details);
#else
	bool even_cows = !details || !details->check_mapping;
#endif

	look_again_at_vma(vma);
	zap_range(vma, address, address + size, even_cows);
	look_again_at_vma(vma);
}

#endif
