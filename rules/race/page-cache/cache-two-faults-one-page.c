/*
 * A fault fails because another one has just read the page in
 *
 * Id:          cache-two-faults-one-page
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      take -EEXIST for good news: look the page up again
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 page fault of another process
 *   no page there
 *                                             no page there
 *                                             add one
 *   add one: -EEXIST
 *   SIGBUS
 *
 * Nobody holds a lock between the lookup and the insertion, and whoever comes second has lost nothing.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_second_mm();
}

/* @thread page fault, index 0 */
void fault(void)
{
	check_fault(cached_fault(0, 0, 0));
}

/* @thread page fault of another process, index 0 */
void other(void)
{
	check_fault(cached_fault(1, 0, 0));
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

#ifdef BROKEN

/* Every error is one. */
static int page_cache_read(struct file *file, pgoff_t offset)
{
	struct address_space *mapping = file->f_mapping;
	struct page *page = page_cache_alloc_cold(mapping);
	int ret = add_to_page_cache(page, mapping, offset, GFP_KERNEL);

	if (!ret)
		ret = mapping->a_ops->readpage(file, page);
	page_cache_release(page);
	return ret;
}

#endif
