/* The page cache of a DAX file as its faults looked into it until v4.6: pages that stand for holes. */

#if __uses(get_block_t)

otherwise struct page *find_get_page(struct address_space *mapping, pgoff_t index)
{
	return look_up_page(mapping, index);
}

otherwise struct page *find_lock_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	while ((page = look_up_page(mapping, index))) {
		lock_page(page);
		if (page->mapping == mapping)
			return page;
		unlock_page(page);
		put_page(page);
	}
	return NULL;
}

/* Under the page lock. */
otherwise void delete_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	spin_lock_irq(tree_lock_of(mapping));
	__delete_from_page_cache(page, NULL);
	spin_unlock_irq(tree_lock_of(mapping));
	put_page(page);
}

#endif
