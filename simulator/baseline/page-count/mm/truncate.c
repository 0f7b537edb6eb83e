// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking pages out of the page cache, until v2.6.22
 *
 * Faultline's own words. Pages go under their own lock, which faults do not take.
 */

/* The page is locked; it may have left the file while its lock was waited for. */
static void truncate_complete_page(struct address_space *mapping, struct page *page)
{
	if (page->mapping != mapping)
		return;
	clear_page_dirty(page);
	ClearPageUptodate(page);
	remove_from_page_cache(page);
	page_cache_release(page);
}

/* Only a page that nobody else knows of goes: a fault that has found it keeps it. */
static int invalidate_complete_page(struct address_space *mapping, struct page *page)
{
	if (page->mapping != mapping)
		return 0;
	return remove_mapping(mapping, page);
}

/* The same for who knows better: known or not, the page goes unless it became dirty. */
static int invalidate_complete_page2(struct address_space *mapping, struct page *page)
{
	if (page->mapping != mapping)
		return 0;
	write_lock_irq(&mapping->tree_lock);
	if (PageDirty(page)) {
		write_unlock_irq(&mapping->tree_lock);
		return 0;
	}
	__remove_from_page_cache(page);
	write_unlock_irq(&mapping->tree_lock);
	ClearPageUptodate(page);
	page_cache_release(page);
	return 1;
}

/* Until nothing is left; pages that others add meanwhile go, too. */
void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	const pgoff_t start = (lstart + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	struct pagevec pvec;
	pgoff_t next = start;
	int i;

	pagevec_init(&pvec, 0);
	for (;;) {
		cond_resched();
		if (!pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE)) {
			if (next == start)
				break;
			next = start;
			continue;
		}
		for (i = 0; i < pagevec_count(&pvec); i++) {
			struct page *page = pvec.pages[i];

			lock_page(page);
			wait_on_page_writeback(page);
			if (page->index > next)
				next = page->index;
			next++;
			truncate_complete_page(mapping, page);
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
}

/* Takes no trouble: what is locked, dirty or mapped stays. */
unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	unsigned long ret = 0;
	int i;

	pagevec_init(&pvec, 0);
	while (next <= end && pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE)) {
		for (i = 0; i < pagevec_count(&pvec); i++) {
			struct page *page = pvec.pages[i];

			if (page->index > next)
				next = page->index;
			if (TestSetPageLocked(page)) {
				next++;
				continue;
			}
			next++;
			if (PageDirty(page) || PageWriteback(page))
				goto unlock;
			if (page_mapped(page))
				goto unlock;
			ret += invalidate_complete_page(mapping, page);
unlock:
			unlock_page(page);
			if (next > end)
				break;
		}
		pagevec_release(&pvec);
		cond_resched();
	}
	return ret;
}

/* Takes every trouble: waits for locks, and takes mappings away. */
int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	int i, ret = 0, was_dirty, did_range_unmap = 0;

	pagevec_init(&pvec, 0);
	while (next <= end && pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE)) {
		for (i = 0; i < pagevec_count(&pvec); i++) {
			struct page *page = pvec.pages[i];

			lock_page(page);
			next = page->index + 1;
			if (page->mapping != mapping) {
				unlock_page(page);
				continue;
			}
			if (page->index > end) {
				unlock_page(page);
				break;
			}
			wait_on_page_writeback(page);
			while (page_mapped(page)) {
				if (!did_range_unmap) {
					/* The first mapping that is met takes those of the range behind it along. */
					unmap_mapping_range(mapping, (loff_t)page->index << PAGE_CACHE_SHIFT,
						(loff_t)(end - page->index + 1) << PAGE_CACHE_SHIFT, 0);
					did_range_unmap = 1;
				} else {
					unmap_mapping_range(mapping, (loff_t)page->index << PAGE_CACHE_SHIFT, PAGE_CACHE_SIZE, 0);
				}
			}
			was_dirty = test_clear_page_dirty(page);
			if (!invalidate_complete_page2(mapping, page)) {
				if (was_dirty)
					set_page_dirty(page);
				ret = -EIO;
			}
			unlock_page(page);
		}
		pagevec_release(&pvec);
		cond_resched();
	}
	return ret;
}
