/*
 * Pages of the page cache: one bit of state each for lock, contents and mappings, and references that may be
 * tried for on a page that is free. The file's pages come from a small supply, lowest frame first, so that a
 * page that was freed is soon another index's.
 */
#if CACHE_WORLD

atomic struct page *cache_alloc(void)
{
	struct page *page = &page_frames[CACHE_PFN];
	int n;

	__assume("each folio of the page cache is one page");
	__might_sleep();
	for (n = 0; n < CACHE_PAGES; n++, page++)
		if (!page->_refcount) {
			page->_refcount = 1;
			page->mapping = NULL;
			page->uptodate = page->dirty = 0;
			return page;
		}
	__violate("model", "the supply of pages is exhausted");
	return NULL;
}

otherwise struct page *__page_cache_alloc(gfp_t gfp)
{
	return cache_alloc();
}

#if __has_function(__filemap_get_folio_mpol)
struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order, void *policy)
#else
struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order)
#endif
{
	return page_folio(cache_alloc());
}

atomic int trylock_page(struct page *page)
{
	if (page->lock)
		return 0;
	page->lock = 1;
	__acquired(&page->lock, LOCK_PAGE, WRITE_LOCK);
	return 1;
}

/* Waiting for a page lock in whatever way an era has; what it is built on is not under review here. */
instead void __lock_page(struct page *page)
{
	lock_page(page);
}

instead void __lock_page_nosync(struct page *page)
{
	lock_page(page);
}

instead int __lock_page_killable(struct page *page)
{
	lock_page(page);
	return 0;
}

instead void __folio_lock(struct folio *folio)
{
	lock_page(&folio->page);
}

instead int __folio_lock_killable(struct folio *folio)
{
	lock_page(&folio->page);
	return 0;
}

atomic void wait_on_page_locked(struct page *page)
{
	__might_sleep();
	__await_eq(&page->lock, 0);
}

instead void wait_on_page_bit(struct page *page, int bit)
{
	wait_on_page_locked(page);
}

instead atomic void wait_on_page_writeback(struct page *page)
{
	__might_sleep();
	__await_eq(&page->writeback, 0);
}

atomic int try_get_page(struct page *page)
{
	if (page->_refcount <= 0)
		return 0;
	page->_refcount++;
	return 1;
}

atomic void add_references(struct page *page, int n)
{
	__assert(page->_refcount > 0, "use-after-free", "a reference is taken to a page that is free");
	page->_refcount += n;
}

void drop_references(struct page *page, int n)
{
	for (; n > 0; n--)
		put_page(page);
}

/* Who takes references off in this way frees nothing: another one has to be left. */
atomic void take_references_off(struct page *page, int n)
{
	__assert(page->_refcount > n, "assertion", "the last reference to a page goes in a way that frees nothing");
	page->_refcount -= n;
}

atomic int page_mapped(struct page *page)
{
	return page->mapcount > 0;
}

atomic int page_mapcount(struct page *page)
{
	return page->mapcount;
}

atomic void map_page(struct page *page)
{
	page->mapcount++;
}

atomic void map_private_page(struct page *page)
{
	page->anonymous = 1;
	page->mapcount++;
}

atomic int test_clear_page_dirty(struct page *page)
{
	int was = page->dirty;

	page->dirty = 0;
	return was;
}

atomic int set_page_dirty(struct page *page)
{
	int was = page->dirty;

	page->dirty = 1;
	return !was;
}

void pagevec_release(struct pagevec *vec)
{
	unsigned int n;

	for (n = 0; n < vec->nr; n++)
		put_page(vec->pages[n]);
	vec->nr = 0;
}

void folio_batch_release(struct folio_batch *batch)
{
	unsigned int n;

	for (n = 0; n < batch->nr; n++)
		folio_put(batch->folios[n]);
	batch->nr = 0;
}

#endif
