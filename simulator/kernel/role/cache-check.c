/* What is true of every file in the page cache when nothing moves. */
/* Needs: filemap_nopage | filemap_fault */

static void check_cached_pte(int process, unsigned long slot)
{
	unsigned long index = index_of_slot(process, slot);
	struct page *page = pfn_to_page(pte_pfn(mm[process].pte[slot]));

	if (page->anonymous)
		return;
	__assert(page->mapping == the_mapping && tree_peek(&the_mapping->i_pages, index) == page,
		"stale-mapping-after-invalidate", "a page is mapped that the file has no longer");
	__assert(((loff_t)index << PAGE_SHIFT) < the_inode->i_size, "stale-mapping-after-invalidate",
		"a page is mapped beyond the end of the file");
}

/* Every page that is mapped is the one that the file has there. */
void check_cached_mappings(void)
{
	unsigned long slot;
	int process;

	for (process = 0; process < processes; process++)
		for (slot = 0; slot < WORLD_PAGES; slot++)
			if (pte_present(mm[process].pte[slot]))
				check_cached_pte(process, slot);
}

/* Nobody holds a page's lock any more. */
void check_no_locked_page(void)
{
	int n;

	for (n = 0; n < CACHE_PAGES; n++)
		__assert(!page_frames[CACHE_PFN + n].lock, "lock-leak", "a page is left locked");
}

/* The file has the page, memory is there, and the disk works: there is no reason to fail. */
void check_fault(int result)
{
	__assert(!(result & (VM_FAULT_SIGBUS | VM_FAULT_OOM)), "assertion", "a fault inside of the file fails");
}
