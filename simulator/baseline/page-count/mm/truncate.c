// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking pages out of the page cache, until v2.6.22
 *
 * As Faultline tells it: pages go under their own lock, which faults do not
 * take.
 */

/* It is locked; it may have left the file while its lock was waited for. */
static void truncate_complete_page(struct address_space *mapping,
				   struct page *page)
{
	if (page->mapping != mapping)
		return;
	clear_page_dirty(page);
	ClearPageUptodate(page);
	remove_from_page_cache(page);
	page_cache_release(page);
}

/* Only what nobody else knows of goes: a fault keeps the page it has found. */
static int invalidate_complete_page(struct address_space *mapping,
				    struct page *page)
{
	if (page->mapping == mapping)
		return remove_mapping(mapping, page);
	return 0;
}

/* For who knows better: known or not, the page goes unless it became dirty. */
static int invalidate_complete_page2(struct address_space *mapping,
				     struct page *page)
{
	int dirty;

	if (page->mapping != mapping)
		return 0;
	write_lock_irq(&mapping->tree_lock);
	dirty = PageDirty(page);
	if (!dirty)
		__remove_from_page_cache(page);
	write_unlock_irq(&mapping->tree_lock);
	if (dirty)
		return 0;
	ClearPageUptodate(page);
	page_cache_release(page);
	return 1;
}

/*
 * From the beginning again until nothing is left; pages that others add
 * meanwhile go, too.
 */
void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	const pgoff_t start = DIV_ROUND_UP(lstart, PAGE_CACHE_SIZE);
	struct pagevec pvec;
	unsigned int i, found;
	pgoff_t next;

	pagevec_init(&pvec, 0);
	do {
		next = start;
		while ((found = pagevec_lookup(&pvec, mapping, next,
					       PAGEVEC_SIZE))) {
			cond_resched();
			for (i = 0; i < found; i++) {
				struct page *page = pvec.pages[i];

				lock_page(page);
				wait_on_page_writeback(page);
				next = max(next, page->index) + 1;
				truncate_complete_page(mapping, page);
				unlock_page(page);
			}
			pagevec_release(&pvec);
		}
	} while (next != start);
}

/* Takes no trouble: what is locked, dirty or mapped stays. */
unsigned long invalidate_mapping_pages(struct address_space *mapping,
				       pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	unsigned long ret = 0;
	unsigned int i, found;

	pagevec_init(&pvec, 0);
	while (next <= end && (found = pagevec_lookup(&pvec, mapping, next,
						      PAGEVEC_SIZE))) {
		cond_resched();
		for (i = 0; i < found; i++) {
			struct page *page = pvec.pages[i];

			next = max(next, page->index);
			if (TestSetPageLocked(page)) {
				next++;
				continue;
			}
			next++;
			if (PageWriteback(page) || PageDirty(page))
				goto unlock;
			if (unlikely(page_mapped(page)))
				goto unlock;
			ret += invalidate_complete_page(mapping, page);
unlock:
			unlock_page(page);
			if (end < next)
				break;
		}
		pagevec_release(&pvec);
	}
	return ret;
}

/* Takes every trouble: waits for locks, and takes mappings away. */
int invalidate_inode_pages2_range(struct address_space *mapping,
				  pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	int did_range_unmap = 0, ret = 0;
	unsigned int i, found;

	pagevec_init(&pvec, 0);
	while (next <= end && (found = pagevec_lookup(&pvec, mapping, next,
						      PAGEVEC_SIZE))) {
		cond_resched();
		for (i = 0; i < found; i++) {
			struct page *page = pvec.pages[i];
			int was_dirty, gone;
			loff_t at, bytes;
			pgoff_t index;

			lock_page(page);
			index = page->index;
			next = index + 1;
			if (page->mapping != mapping) {
				unlock_page(page);
				continue;
			}
			if (end < index) {
				unlock_page(page);
				break;
			}
			wait_on_page_writeback(page);
			while (page_mapped(page)) {
				if (!did_range_unmap) {
					/* The range behind it goes along. */
					bytes = end - index + 1;
					bytes <<= PAGE_CACHE_SHIFT;
					did_range_unmap = 1;
				} else {
					bytes = PAGE_CACHE_SIZE;
				}
				at = (loff_t)index << PAGE_CACHE_SHIFT;
				unmap_mapping_range(mapping, at, bytes, 0);
			}
			was_dirty = test_clear_page_dirty(page);
			gone = invalidate_complete_page2(mapping, page);
			if (!gone) {
				if (was_dirty)
					set_page_dirty(page);
				ret = -EIO;
			}
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
	return ret;
}
