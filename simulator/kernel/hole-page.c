/* Pages of the page cache that stand for holes, as read faults of DAX inserted them until v4.14. */

#if RADIX_ERA

/* The page at an index with a reference, or NULL. */
struct page *look_up_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	spin_lock_irq(tree_lock_of(mapping));
	page = radix_tree_lookup(&mapping->page_tree, index);
	if (page && is_dax_entry(page))
		page = NULL;
	if (page)
		get_page(page);
	spin_unlock_irq(tree_lock_of(mapping));
	return page;
}

/* Into the tree, in place of a locked empty entry if there is one; -EEXIST when a page is there. */
static int add_page(struct address_space *mapping, pgoff_t index, struct page *page)
{
	void *old, **slot;
	int error = 0;

	spin_lock_irq(tree_lock_of(mapping));
	old = __radix_tree_lookup(&mapping->page_tree, index, NULL, &slot);
	if (old && !is_dax_entry(old)) {
		spin_unlock_irq(tree_lock_of(mapping));
		return -EEXIST;
	}
	if (old) {
		__assert(old == dax_empty_entry(), "stale-block-mapping",
			"a page of zeroes takes the place of an entry that is not empty");
#if __arity(dax_wake_mapping_entry_waiter) == 4
		dax_wake_mapping_entry_waiter(mapping, index, old, true);
#elif __arity(dax_wake_mapping_entry_waiter) == 3
		/* As mm/filemap.c did then: one waiter, though the entry is gone for all of them. */
		dax_wake_mapping_entry_waiter(mapping, index, false);
#endif
		mapping->nrexceptional--;
		radix_tree_replace_slot(&mapping->page_tree, slot, page);
	} else {
		error = radix_tree_insert(&mapping->page_tree, index, page);
	}
	page->mapping = mapping;
	page->index = index;
	get_page(page);
	mapping->nrpages++;
	spin_unlock_irq(tree_lock_of(mapping));
	return error;
}

/* The page at an index, locked and with a reference; made if there is none. */
otherwise struct page *find_or_create_page(struct address_space *mapping, pgoff_t index, gfp_t gfp)
{
	struct page *page;

	for (;;) {
		page = look_up_page(mapping, index);
		if (page) {
			lock_page(page);
			if (page->mapping == mapping)
				return page;
			unlock_page(page);
			put_page(page);
			continue;
		}
		page = alloc_page(gfp);
		lock_page(page);
		if (!add_page(mapping, index, page))
			return page;
		unlock_page(page);
		put_page(page);
	}
}

/* Under the page lock and the tree lock; the page cache's reference is the caller's to drop. */
otherwise void __delete_from_page_cache(struct page *page, void *shadow)
{
	struct address_space *mapping = page->mapping;

	radix_tree_delete(&mapping->page_tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
}

void truncate_page(struct address_space *mapping, pgoff_t index, struct page *entry)
{
	struct page *page = look_up_page(mapping, index);

	if (!page)
		return;
	lock_page(page);
	if (page->mapping == mapping) {
		unmap_mapping_range(mapping, (loff_t)index << PAGE_SHIFT, PAGE_SIZE, 0);
		spin_lock_irq(tree_lock_of(mapping));
		__delete_from_page_cache(page, NULL);
		spin_unlock_irq(tree_lock_of(mapping));
		put_page(page);
	}
	unlock_page(page);
	put_page(page);
}

#else

/* No page of the page cache is ever in the tree of a DAX file. */
void truncate_page(struct address_space *mapping, pgoff_t index, struct page *entry)
{
	__warn("something that is no DAX entry is in the tree of a DAX file");
}

#endif
