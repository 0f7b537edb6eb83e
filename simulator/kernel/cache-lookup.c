/*
 * Looking up several pages at once, in eras whose own loops over the radix tree are not under review: a look
 * at a tree that stands still, each page found with a reference. And where entries of the radix tree come and
 * go in a way that only its internals explain, the plain operation.
 */
#if CACHE_WORLD

static atomic unsigned int look_up(struct address_space *mapping, pgoff_t start, pgoff_t last, unsigned int count, struct page **pages, pgoff_t *indices)
{
	unsigned int found = 0;
	struct page *page;
	pgoff_t index;

	__assume("a lookup of several pages sees the tree as it stands at one moment");
	spin_lock(tree_lock_of(mapping));
	for (index = start; found < count && index <= last && index < WORLD_PAGES; index++) {
		page = tree_peek(&mapping->i_pages, index);
		if (!page)
			continue;
		get_page(page);
		if (indices)
			indices[found] = index;
		pages[found++] = page;
	}
	spin_unlock(tree_lock_of(mapping));
	return found;
}

unsigned int pagevec_lookup(struct pagevec *vec, struct address_space *mapping, pgoff_t start, unsigned int count)
{
	vec->nr = look_up(mapping, start, ULONG_MAX, count, vec->pages, NULL);
	return vec->nr;
}

/* Since v4.14 the start moves on behind what was found. */
unsigned int pagevec_lookup(struct pagevec *vec, struct address_space *mapping, pgoff_t *start)
{
	vec->nr = look_up(mapping, *start, ULONG_MAX, PAGEVEC_SIZE, vec->pages, NULL);
	if (vec->nr)
		*start = vec->pages[vec->nr - 1]->index + 1;
	return vec->nr;
}

unsigned int pagevec_lookup_entries(struct pagevec *vec, struct address_space *mapping, pgoff_t start, unsigned int count, pgoff_t *indices)
{
	vec->nr = look_up(mapping, start, ULONG_MAX, count, vec->pages, indices);
	return vec->nr;
}

#if __has_function(add_to_page_cache_locked)
otherwise int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index, gfp_t gfp)
{
	int error;

	lock_page(page);
	error = add_to_page_cache_locked(page, mapping, index, gfp);
	if (error)
		unlock_page(page);
	return error;
}
#endif

/* Nobody can take a reference, and the page is not free either. */
static atomic bool freeze(struct page *page)
{
	if (page->_refcount != 2)
		return false;
	page->_refcount = -1;
	return true;
}

static atomic void thaw(struct page *page)
{
	page->_refcount = 1;
}

/* As reclaim takes a page out: only when nobody but the cache and the caller knows it, and nobody can get to know it meanwhile. */
int remove_mapping(struct address_space *mapping, struct page *page)
{
	__assert(PageLocked(page), "locking-assumption", "a page is taken out of the cache without its lock");
	spin_lock(tree_lock_of(mapping));
	if (PageDirty(page) || !freeze(page)) {
		spin_unlock(tree_lock_of(mapping));
		return 0;
	}
#if __has_function(__filemap_remove_folio)
	__filemap_remove_folio(page_folio(page), NULL);
#elif __arity(__delete_from_page_cache) == 3
	__delete_from_page_cache(page, NULL, NULL);
#elif __arity(__delete_from_page_cache) == 2
	__delete_from_page_cache(page, NULL);
#elif __has_function(__delete_from_page_cache)
	__delete_from_page_cache(page);
#else
	__remove_from_page_cache(page);
#endif
	spin_unlock(tree_lock_of(mapping));
	thaw(page);
	return 1;
}

#if RADIX_ERA

/* From v3.15 to v4.19 removal and insertion work on nodes by hand. */
instead atomic void page_cache_tree_delete(struct address_space *mapping, struct page *page, void *shadow)
{
	radix_tree_delete(&mapping->page_tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
}

instead void page_cache_tree_delete_batch(struct address_space *mapping, struct pagevec *vec)
{
	unsigned int n;

	for (n = 0; n < vec->nr; n++)
		page_cache_tree_delete(mapping, vec->pages[n], NULL);
}

instead atomic int page_cache_tree_insert(struct address_space *mapping, struct page *page, void **shadow)
{
	int error = radix_tree_insert(&mapping->page_tree, page->index, page);

	if (!error)
		mapping->nrpages++;
	return error;
}

#endif
#endif
