/*
 * A fault maps a page that hole punching has just taken away
 *
 * Id:          cache-fault-versus-punch
 * Rule:        stale-mapping-after-invalidate
 * Seen:        v2.6.16..v2.6.22
 * Introduced:  "madvise(MADV_REMOVE): remove pages from tmpfs shm backing store"
 * Fixed:       d00806b18315 ("mm: fix fault vs invalidate race for linear mappings")
 * Advice:      unmap each page under its lock before it is taken out
 * Needs:       vmtruncate_range | truncate_pagecache_range
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 hole punching
 *                                             unmap the range: nothing there
 *   find and lock the page, set the PTE,
 *   unlock
 *                                             lock the page, take it out
 *
 * i_size does not shrink, so that nothing tells the fault (until v2.6.22: truncate_count, for whoever read it
 * before the unmapping only). One unmapping before the pages are taken out is not enough: do_no_page() came in
 * between.
 */

/* @start */
void start(void)
{
	world_cached_file(1);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread hole punching, index 0 */
void punch(void)
{
	punch_cached_file(0, 1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

#ifdef BROKEN

/* Trusts that its caller has unmapped the range. */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	const pgoff_t end = lend == -1 ? ULONG_MAX : lend >> PAGE_CACHE_SHIFT;
	pgoff_t next = lstart >> PAGE_CACHE_SHIFT;
	struct pagevec pvec;
	int i;

	pagevec_init(&pvec, 0);
	while (next <= end && pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE)) {
		for (i = 0; i < pagevec_count(&pvec); i++) {
			struct page *page = pvec.pages[i];

			lock_page(page);
			next = page->index + 1;
			if (page->index <= end)
				truncate_complete_page(mapping, page);
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
}

#endif
