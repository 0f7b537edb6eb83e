/*
 * What is true of every correct kernel when nothing moves: page tables, entries and blocks say the same,
 * and nothing is left locked. Checks run while threads stand still.
 */

static void find_entry(unsigned long index, struct tree_place *place)
{
	tree_find(&the_mapping->i_pages, index, place);
}

/* A DAX entry that page tables map: the page frame it gives an index, which has to be the block's. */
static void check_frame(struct tree_place *place, unsigned long index, unsigned long pfn)
{
	void *entry = place->entry;
	unsigned long expected = entry_pfn(entry);

	__assert(!entry_has(entry, ENTRY_EMPTY), "wrong-entry", "a page is mapped whose entry is empty");
	__assert(!entry_has(entry, ENTRY_ZERO), "stale-block-mapping", "a block is mapped whose entry is a zero page");
	if (entry_has(entry, ENTRY_PMD))
		expected += index % PMD_PAGES;
	__assert(pfn == expected, "stale-block-mapping", "another page frame is mapped than the entry names");
	__assert(pfn == block_pfn(index), "stale-block-mapping", "a page frame is mapped that is not the file's block");
}

static void check_write(struct tree_place *place, bool writable)
{
	__assert(!writable || tree_get_mark(&the_mapping->i_pages, place->node, place->offset, PAGECACHE_TAG_DIRTY), "missed-write-protect",
		"a page is writable that the file counts as clean");
}

/* Zeroes over a range: the entry is a zero page, and the file has nothing written there. */
static void check_zero(struct tree_place *place, unsigned long index, unsigned long pages, bool writable)
{
	unsigned long n;

	__assert(entry_has(place->entry, ENTRY_ZERO), "stale-block-mapping", "zeroes are mapped where the file has a block");
	for (n = index; n < index + pages; n++)
		__assert(block_type[n] != BLOCK_WRITTEN, "stale-block-mapping", "zeroes are mapped where the file has a block");
	__assert(!writable, "missed-write-protect", "a page of zeroes is writable");
}

/* One entry covers what one huge PMD maps, no less and no more. */
static void check_range(struct tree_place *place, unsigned long index)
{
	unsigned long n;

	for (n = index; n < index + PMD_PAGES; n++)
		__assert(tree_peek(&the_mapping->i_pages, n) == place->entry && tree_index(place->node, place->offset) == index,
			"wrong-entry", "a huge PMD maps another range of the file than its entry covers");
}

static void check_pmd(unsigned long index, pmd_t pmd)
{
	struct tree_place place;

	find_entry(index, &place);
	__assert(place.entry != NULL, "stale-mapping-after-invalidate", "a huge PMD maps an index without an entry");
	__assert(is_dax_entry(place.entry) && entry_has(place.entry, ENTRY_PMD), "page-table-collision",
		"a huge PMD maps what the file has in smaller entries");
	check_range(&place, index);
	if (pmd_pfn(pmd) == HUGE_ZERO_PFN) {
		check_zero(&place, index, PMD_PAGES, pmd_write(pmd));
		return;
	}
	check_frame(&place, index, pmd_pfn(pmd));
	check_write(&place, pmd_write(pmd));
}

static void check_pte(int process, unsigned long index, pte_t pte)
{
	struct tree_place place;
	bool shared = (vma[process].vm_flags & VM_SHARED) != 0;

	if (!shared && pte_pfn(pte) >= FREE_PFN)
		return;
	find_entry(index, &place);
	if (!place.entry && removed_in_part && !pte_write(pte) && pte_pfn(pte) == block_pfn(index))
		return;
	__assert(place.entry != NULL, "stale-mapping-after-invalidate", "a PTE maps an index without an entry");
	if (!is_dax_entry(place.entry)) {
		__assert(pfn_to_page(pte_pfn(pte)) == place.entry, "stale-block-mapping", "another page is mapped than the file has");
		return;
	}
	if (is_zero_pfn(pte_pfn(pte))) {
		check_zero(&place, index, 1, pte_write(pte));
		return;
	}
	check_frame(&place, index, pte_pfn(pte));
	check_write(&place, pte_write(pte));
}

static void check_process_by_entries(int process)
{
	unsigned long slot;
	pmd_t pmd;

	for (slot = 0; slot < WORLD_PAGES; slot++) {
		pmd = mm[process].pmd[slot / PMD_PAGES];
		if (pmd_huge(pmd) && slot % PMD_PAGES == 0)
			check_pmd(index_of_slot(process, slot), pmd);
		if (pmd_is_table(pmd) && mm[process].pte[slot])
			check_pte(process, index_of_slot(process, slot), mm[process].pte[slot]);
	}
}

void check_page_tables(void)
{
	int process;

	if (inode_evicted)
		return;
	for (process = 0; process < processes; process++)
		if (ENTRY_IS_LOCK)
			check_process_by_entries(process);
		else
			check_process_by_blocks(process);
}

/* What the file counts of itself: who takes the inode away relies on it. */
static void check_counts_of_entries(void)
{
	unsigned long index, entries = 0, pages = 0;
	struct tree_place place;

	for (index = 0; index < WORLD_PAGES; index++) {
		find_entry(index, &place);
		if (!place.entry)
			continue;
		pages++;
		if (is_dax_entry(place.entry) && tree_index(place.node, place.offset) == index)
			entries++;
	}
#if __uses(nrexceptional)
	__assert(the_mapping->nrexceptional == entries, "assertion", "the count of entries is not the number of entries");
#elif __uses(nrpages)
	__assert(the_mapping->nrpages == pages, "assertion", "the count of pages is not the number of pages");
#endif
}

void check_no_locked_entry(void)
{
	unsigned long index;

	if (inode_evicted)
		return;
	for (index = 0; index < WORLD_PAGES; index++)
		__assert(!entry_is_locked(index), "lock-leak", "an entry is left locked");
	check_counts_of_entries();
}

void check_nothing_beyond(unsigned long pages)
{
	unsigned long index;
	int process;

	if (inode_evicted)
		return;
	for (index = pages; index < WORLD_PAGES; index++) {
		__assert(!entry_present(index), "stale-mapping-after-invalidate", "an entry is left beyond the end of the file");
		for (process = 0; process < processes; process++)
			__assert(!pte_present_at(process, index) && !pmd_present_at(process, index),
				"stale-mapping-after-invalidate", "something is mapped beyond the end of the file");
	}
}

/* Which page belongs to which place of the file, where the tree tells the pages so. */
static void check_back_pointer(unsigned long index, void *entry)
{
#if __has_function(dax_associate_entry)
	struct page *block = block_page(index), *page = compound_head(block);
	bool huge = entry && entry_has(entry, ENTRY_PMD) && !entry_has(entry, ENTRY_EMPTY | ENTRY_ZERO);

	__assert(huge || !block_pfn(index) || page == block, "wrong-entry", "a page is part of a folio that no entry covers");

	if (block_pfn(index) && entry && !entry_has(entry, ENTRY_EMPTY | ENTRY_ZERO)) {
		__assert(page->mapping == the_mapping, "wrong-entry", "the page of an entry does not point back to the file");
		__assert(page->index + (block - page) == index, "wrong-entry", "the page of an entry points back to another index");
	} else if (block_pfn(index)) {
		__assert(page->mapping == NULL, "wrong-entry", "a page points to a file that has no entry for it");
	}
#endif
}

void check_accounting(void)
{
	unsigned long index;
	struct tree_place place;

	if (inode_evicted)
		return;
	for (index = 0; index < WORLD_PAGES; index++) {
		find_entry(index, &place);
		check_back_pointer(index, place.entry);
	}
	check_counts_of_entries();
}

/* A block of the file whose entry is not marked dirty is on the medium, as far as nobody can write to it. */
void check_flushed(void)
{
	unsigned long index, pfn;
	struct tree_place place;

	if (inode_evicted)
		return;
	for (index = 0; index < WORLD_PAGES; index++) {
		find_entry(index, &place);
		pfn = block_pfn(index);
		if (!place.entry || !pfn || tree_get_mark(&the_mapping->i_pages, place.node, place.offset, PAGECACHE_TAG_DIRTY))
			continue;
		__assert(!waits_for_flush[pfn - BLOCK_PFN], "missed-write-protect", "what was written to a page that counts as clean was not flushed");
	}
}

void check_no_waiter(void)
{
	__assert(!ANY_THREAD(task.sleeping), "lost-wakeup", "a thread is left asleep");
}

/* An entry that was locked for a page: the page frame that it begins with. */
static unsigned long check_locked(struct tree_place *place)
{
	void *entry = place->entry;

	__assert(entry && is_dax_entry(entry) && entry_has(entry, ENTRY_LOCK), "lost-entry", "the entry of a page is not locked though it was");
	__assert(!entry_has(entry, ENTRY_EMPTY | ENTRY_ZERO), "wrong-entry", "the entry that was locked for a page has no block");
	return entry_pfn(entry);
}

/* While an entry is locked for a page: page and entry belong together and stay so. One look, in one step. */
atomic void check_locked_page(struct page *page)
{
	struct address_space *mapping;
	struct tree_place place;
	unsigned long first;

	spin_lock(tree_lock_of(the_mapping));
	mapping = page->mapping;
	__assert(mapping != NULL, "null-dereference", "the page of a locked entry belongs to no file");
	tree_find(&mapping->i_pages, page->index, &place);
	first = check_locked(&place);
	__assert(first + page->index - tree_index(place.node, place.offset) == page_to_pfn(page), "wrong-entry",
		"the entry that was locked is another page's");
	spin_unlock(tree_lock_of(the_mapping));
}

/* The same for who knows the file and the index, and was told the first page: whose the page is does not matter. */
atomic void check_locked_index(unsigned long index, struct page *page)
{
	struct tree_place place;
	unsigned long first;

	spin_lock(tree_lock_of(the_mapping));
	tree_find(&the_mapping->i_pages, index, &place);
	first = check_locked(&place);
	__assert(first == page_to_pfn(page), "wrong-entry", "the entry that was locked is another page's");
	spin_unlock(tree_lock_of(the_mapping));
}

int entry_present(unsigned long index)
{
	return tree_peek(&the_mapping->i_pages, index) != NULL;
}

unsigned long entry_frame(unsigned long index)
{
	void *entry = tree_peek(&the_mapping->i_pages, index);

	return entry && is_dax_entry(entry) && !entry_has(entry, ENTRY_EMPTY | ENTRY_ZERO) ? entry_pfn(entry) : 0;
}

int entry_is_pmd(unsigned long index)
{
	void *entry = tree_peek(&the_mapping->i_pages, index);

	return entry && is_dax_entry(entry) && entry_has(entry, ENTRY_PMD);
}

int entry_is_locked(unsigned long index)
{
	void *entry = tree_peek(&the_mapping->i_pages, index);

	return entry && is_dax_entry(entry) && entry_has(entry, ENTRY_LOCK);
}

int pte_present_at(int process, unsigned long index)
{
	unsigned long slot = slot_of_index(process, index);

	return slot < WORLD_PAGES && pmd_is_table(mm[process].pmd[slot / PMD_PAGES]) && pte_present(mm[process].pte[slot]);
}

int pmd_present_at(int process, unsigned long index)
{
	unsigned long slot = slot_of_index(process, index);

	return slot < WORLD_PAGES && pmd_huge(mm[process].pmd[slot / PMD_PAGES]);
}
