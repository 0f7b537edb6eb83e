/* What is true of every file in the page cache when nothing moves. */
/* Needs: filemap_nopage | filemap_fault */

static void check_cached_pte(int process, unsigned long slot)
{
	unsigned long index = index_of_slot(process, slot);
	struct page *page = pfn_to_page(pte_pfn(mm[process].pte[slot]));

	if (page->anonymous) {
		__assert(((loff_t)index << PAGE_SHIFT) < the_inode->i_size, "stale-mapping-after-invalidate",
			"a private copy is mapped beyond the end of the file");
		return;
	}
	__assert(page->mapping == the_mapping && tree_peek(&the_mapping->i_pages, index) == page,
		"stale-mapping-after-invalidate", "a page is mapped that the file has no longer");
	__assert(((loff_t)index << PAGE_SHIFT) < the_inode->i_size, "stale-mapping-after-invalidate",
		"a page is mapped beyond the end of the file");
}

/* How many PTEs map a page. */
static int mappings_of(struct page *page)
{
	unsigned long slot;
	int process, count = 0;

	for (process = 0; process < processes; process++)
		for (slot = 0; slot < WORLD_PAGES; slot++)
			if (pte_present(mm[process].pte[slot]) && pfn_to_page(pte_pfn(mm[process].pte[slot])) == page)
				count++;
	return count;
}

/* A page is held by the tree and by what maps it, and by nobody else when nothing moves. */
static void check_counts(struct page *page)
{
	int count = mappings_of(page), references = count + (page->mapping ? 1 : 0);

	__assert(page->mapcount == count, "assertion", "the count of a page's mappings is not what maps it");
	__assert(page->_refcount >= references, "use-after-free", "a page has fewer references than users");
	__assert(page->_refcount <= references, "assertion", "a page has more references than users, and is never freed");
}

/* As many as the tree has. */
static void check_count_of_file(void)
{
	unsigned long index, pages = 0;

	for (index = 0; index < WORLD_PAGES; index++)
		if (tree_peek(&the_mapping->i_pages, index))
			pages++;
	__assert(the_mapping->nrpages == pages, "assertion", "the file's count of pages is not the number of its pages");
}

/* Every page that is mapped is the one that the file has there, and every page is counted right, by the file too. */
void check_cached_mappings(void)
{
	unsigned long slot;
	int process;

	for (process = 0; process < processes; process++)
		for (slot = 0; slot < WORLD_PAGES; slot++)
			if (pte_present(mm[process].pte[slot]))
				check_cached_pte(process, slot);
	for (slot = 0; slot < CACHE_PAGES; slot++)
		check_counts(&page_frames[CACHE_PFN + slot]);
	check_count_of_file();
}

void check_nothing_cached_beyond(unsigned long pages)
{
	unsigned long index;

	for (index = pages; index < WORLD_PAGES; index++)
		__assert(!tree_peek(&the_mapping->i_pages, index), "lost-entry", "a page beyond the end of the file is passed over");
}

/* What was written is there until the disk has it. */
void check_written(unsigned long index)
{
	struct page *page = tree_peek(&the_mapping->i_pages, index);

	if (cached_writes)
		__assert(page && page->dirty, "lost-entry", "a page that was written to is thrown away");
}

/* A copy is its process's own, whatever becomes of the page that it was made of. */
void check_private_copy(int process, unsigned long index)
{
	pte_t pte = mm[process].pte[index - vma[process].vm_pgoff];

	__assert(pte_present(pte) && pfn_to_page(pte_pfn(pte))->anonymous, "lost-entry",
		"what a process wrote to its private copy is lost");
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
