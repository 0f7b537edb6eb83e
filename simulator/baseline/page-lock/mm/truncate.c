// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking pages out of the page cache, from v2.6.23 on
 *
 * Faultline's own words. Whatever takes a page away unmaps it under the page's
 * lock: who holds the lock to map it comes before or after, never in between.
 */

static void truncate_complete_page(struct address_space *mapping, struct page *page)
{
	if (page->mapping != mapping)
		return;
	cancel_dirty_page(page, PAGE_CACHE_SIZE);
	remove_from_page_cache(page);
	ClearPageUptodate(page);
	page_cache_release(page);
}

static int invalidate_complete_page(struct address_space *mapping, struct page *page)
{
	if (page->mapping != mapping)
		return 0;
	return remove_mapping(mapping, page);
}

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

static void unmap_page(struct address_space *mapping, struct page *page)
{
	if (page_mapped(page))
		unmap_mapping_range(mapping, (loff_t)page->index << PAGE_CACHE_SHIFT, PAGE_CACHE_SIZE, 0);
}

/* Bytes up to and with lend; until nothing is left, whoever adds pages meanwhile. */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	const pgoff_t start = (lstart + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	const pgoff_t end = lend == -1 ? ULONG_MAX : lend >> PAGE_CACHE_SHIFT;
	struct pagevec pvec;
	pgoff_t next = start;
	int i;

	pagevec_init(&pvec, 0);
	for (;;) {
		cond_resched();
		if (!pagevec_lookup(&pvec, mapping, next, PAGEVEC_SIZE) || pvec.pages[0]->index > end) {
			pagevec_release(&pvec);
			if (next == start)
				break;
			next = start;
			continue;
		}
		for (i = 0; i < pagevec_count(&pvec) && pvec.pages[i]->index <= end; i++) {
			struct page *page = pvec.pages[i];

			lock_page(page);
			wait_on_page_writeback(page);
			unmap_page(mapping, page);
			next = page->index + 1;
			truncate_complete_page(mapping, page);
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
}

void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	truncate_inode_pages_range(mapping, lstart, -1);
}

/* Mapped pages are found to be so once more; the first call only saves most of that work. */
void truncate_pagecache_range(struct inode *inode, loff_t lstart, loff_t lend)
{
	unmap_mapping_range(inode->i_mapping, lstart, lend + 1 - lstart, 0);
	truncate_inode_pages_range(inode->i_mapping, lstart, lend);
}

void truncate_setsize(struct inode *inode, loff_t newsize)
{
	i_size_write(inode, newsize);
	unmap_mapping_range(inode->i_mapping, newsize + PAGE_SIZE - 1, 0, 1);
	truncate_inode_pages(inode->i_mapping, newsize);
	unmap_mapping_range(inode->i_mapping, newsize + PAGE_SIZE - 1, 0, 1);
}

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

			next = page->index + 1;
			if (!trylock_page(page))
				continue;
			if (!PageDirty(page) && !PageWriteback(page) && !page_mapped(page))
				ret += invalidate_complete_page(mapping, page);
			unlock_page(page);
		}
		pagevec_release(&pvec);
		cond_resched();
	}
	return ret;
}

int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct pagevec pvec;
	pgoff_t next = start;
	int i, ret = 0;

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
			wait_on_page_writeback(page);
			unmap_page(mapping, page);
			BUG_ON(page_mapped(page));
			if (!invalidate_complete_page2(mapping, page))
				ret = -EBUSY;
			unlock_page(page);
		}
		pagevec_release(&pvec);
		cond_resched();
	}
	return ret;
}
