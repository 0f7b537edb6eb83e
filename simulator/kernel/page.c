/*
 * Pages: references, the page lock, and a small supply for copies and hole pages. A page of device memory
 * is idle at IDLE_REFERENCES. Each thread allocates from its own supply, so that an address does not depend
 * on who came first.
 */
struct page page_frames[WORLD_FRAMES];

atomic struct page *alloc_page(gfp_t gfp)
{
	struct page *page = &page_frames[FREE_PFN + FREE_PAGES_OF_THREAD * __self()];
	int n;

	__might_sleep();
	for (n = 0; n < FREE_PAGES_OF_THREAD; n++, page++)
		if (!page->_refcount) {
			page->_refcount = 1;
			page->mapping = NULL;
			return page;
		}
	__violate("model", "the supply of pages is exhausted");
	return NULL;
}

atomic void get_page(struct page *page)
{
	page = compound_head(page);
	__assert(page->_refcount > 0, "use-after-free", "a reference is taken to a page that is free");
	page->_refcount++;
}

/* What a page was is not to be seen any more, which keeps states few. */
static void forget(struct page *page)
{
	__assert(!page->mapping, "use-after-free", "a page is freed that is still in the page cache");
	__assert(!page->mapcount, "use-after-free", "a page is freed that is still mapped");
	__assert(!page->lock, "use-after-free", "a page is freed that is still locked");
	page->index = 0;
	page->uptodate = page->dirty = page->anonymous = 0;
}

atomic void put_page(struct page *page)
{
	page = compound_head(page);
	__assert(page->_refcount > 0, "use-after-free", "a reference to a page is dropped that nobody holds");
	page->_refcount--;
	if (!page->_refcount && page_to_pfn(page) >= FREE_PFN)
		forget(page);
}

atomic int page_ref_count(struct page *page)
{
	return compound_head(page)->_refcount;
}

atomic void lock_page(struct page *page)
{
	__acquiring(&page->lock, LOCK_PAGE, WRITE_LOCK);
	__await_eq(&page->lock, 0);
	page->lock = 1;
	__acquired(&page->lock, LOCK_PAGE, WRITE_LOCK);
}

instead fused void unlock_page(struct page *page)
{
	__released(&page->lock, LOCK_PAGE, WRITE_LOCK);
	page->lock = 0;
}

instead fused void folio_unlock(struct folio *folio)
{
	unlock_page(&folio->page);
}
