/*
 * Folios of several pages, and what mappings count. Only the state that DAX itself changes: which page is the
 * first, of what order, and how many references and mappings the whole has.
 */
#if MAPPINGS_COUNTED

struct dev_pagemap world_pagemap;

atomic struct page *compound_head(struct page *page)
{
	return page->head ? page->head : page;
}

/*
 * Invalidation removes entries before it unmaps, and a folio is not taken apart while it is mapped. Whether a
 * filesystem ever invalidates a block that is mapped hugely is not known here, so nothing is said of it:
 * the model ends there.
 */
static void take_apart(struct page *page)
{
	if (THIS_THREAD->only_clean && page->mapcount)
		__violate("model", "a huge page is taken apart while it is mapped");
}

atomic void clear_compound_head(struct page *page)
{
	take_apart(page);
	page->head = NULL;
}

atomic void ClearPageHead(struct page *page)
{
	take_apart(page);
	page->is_head = false;
	page->_deferred_list.next = page->_deferred_list.prev = NULL;
}

/* Where a page behind the first says which that is, its device was: who takes the folio apart tells it again. */
instead atomic void prep_compound_page(struct page *page, unsigned int order)
{
	int n;

	page->is_head = true;
	page->order = order;
	for (n = 1; n < 1 << order; n++) {
		page[n].head = page;
		page[n].mapping = TAIL_MAPPING;
		page[n].pgmap = NULL;
	}
}

atomic unsigned int folio_order(struct folio *folio)
{
	return folio->is_head ? folio->order : 0;
}

atomic void folio_reset_order(struct folio *folio)
{
	WARN_ON_ONCE(!folio->is_head);
	folio->order = 0;
}

/* No question whether it was idle: that is for those who look a page up without a lock. */
atomic void folio_ref_inc(struct folio *folio)
{
	folio->_refcount++;
}

atomic int folio_mapcount(struct folio *folio)
{
	return folio->page.mapcount;
}

atomic struct dev_pagemap *page_pgmap(struct page *page)
{
	return compound_head(page)->pgmap;
}

/* One mapping counts once, however many pages of the folio it maps. Private copies are counted by who allocates them. */
void count_mapping(unsigned long pfn)
{
	struct page *page = compound_head(pfn_to_page(pfn));

	if (pfn < BLOCK_PFN || pfn >= FREE_PFN)
		return;
	get_page(page);
	page->mapcount++;
}

void count_unmapping(unsigned long pfn)
{
	struct page *page = compound_head(pfn_to_page(pfn));

	if (pfn < BLOCK_PFN || pfn >= FREE_PFN)
		return;
	__assert(page->mapcount > 0, "use-after-free", "a page is unmapped that counts no mapping");
	page->mapcount--;
	put_page(page);
}

/* Blocks are idle and belong to the device; zeroes are in use for ever, the huge ones as one folio. */
void world_frames(void)
{
	int n;

	for (n = 0; n < 2 * WORLD_PAGES; n++)
		page_frames[BLOCK_PFN + n].pgmap = &world_pagemap;
	page_frames[ZERO_PFN]._refcount = page_frames[HUGE_ZERO_PFN]._refcount = 1;
	prep_compound_page(pfn_to_page(HUGE_ZERO_PFN), PMD_ORDER);
}

#else

void count_mapping(unsigned long pfn)
{
}

void count_unmapping(unsigned long pfn)
{
}

void world_frames(void)
{
	int n;

	for (n = 0; n < 2 * WORLD_PAGES; n++)
		page_frames[BLOCK_PFN + n]._refcount = IDLE_REFERENCES;
}

#endif
