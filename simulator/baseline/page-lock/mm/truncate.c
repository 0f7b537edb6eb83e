// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking pages out of the page cache, from v2.6.23 on
 *
 * As Faultline tells it: whatever takes a page away unmaps it under the page's
 * lock, so that who holds it to map the page comes before or after.
 */

/* It is locked; it may have left the file while its lock was waited for. */
static void truncate_complete_page(struct address_space *mapping,
				   struct page *page)
{
	if (page->mapping != mapping)
		return;
	cancel_dirty_page(page, PAGE_CACHE_SIZE);
	remove_from_page_cache(page);
	ClearPageUptodate(page);
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

/* Locked, so that nobody maps it again. */
static void unmap_page(struct address_space *mapping, struct page *page)
{
	loff_t at = (loff_t)page->index << PAGE_CACHE_SHIFT;

	if (page_mapped(page))
		unmap_mapping_range(mapping, at, PAGE_CACHE_SIZE, 0);
}

/*
 * Bytes up to and with lend, from the beginning again until nothing is left;
 * pages that others add meanwhile go, too.
 */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart,
				loff_t lend)
{
	const pgoff_t start = DIV_ROUND_UP(lstart, PAGE_CACHE_SIZE);
	const pgoff_t end = lend == -1 ? ULONG_MAX : lend >> PAGE_CACHE_SHIFT;
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

				if (page->index > end)
					break;
				lock_page(page);
				wait_on_page_writeback(page);
				unmap_page(mapping, page);
				next = page->index + 1;
				truncate_complete_page(mapping, page);
				unlock_page(page);
			}
			pagevec_release(&pvec);
			if (!i)
				break;
		}
	} while (next != start);
}

void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	truncate_inode_pages_range(mapping, lstart, -1);
}

/* The first call only saves work: what is mapped is found once more below. */
void truncate_pagecache_range(struct inode *inode, loff_t lstart, loff_t lend)
{
	struct address_space *mapping = inode->i_mapping;

	unmap_mapping_range(mapping, lstart, lend + 1 - lstart, 0);
	truncate_inode_pages_range(mapping, lstart, lend);
}

/* Private copies, which belong to no file, are unmapped beyond its end, too. */
void truncate_setsize(struct inode *inode, loff_t newsize)
{
	struct address_space *mapping = inode->i_mapping;
	const loff_t hole = newsize + PAGE_SIZE - 1;

	i_size_write(inode, newsize);
	unmap_mapping_range(mapping, hole, 0, 1);
	truncate_inode_pages(mapping, newsize);
	unmap_mapping_range(mapping, hole, 0, 1);
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

			next = page->index + 1;
			if (!trylock_page(page))
				continue;
			if (!PageDirty(page) && !PageWriteback(page) &&
			    !page_mapped(page))
				ret += invalidate_complete_page(mapping, page);
			unlock_page(page);
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
	unsigned int i, found;
	int ret = 0;

	pagevec_init(&pvec, 0);
	while (next <= end && (found = pagevec_lookup(&pvec, mapping, next,
						      PAGEVEC_SIZE))) {
		cond_resched();
		for (i = 0; i < found; i++) {
			struct page *page = pvec.pages[i];

			lock_page(page);
			next = page->index + 1;
			if (page->mapping == mapping) {
				wait_on_page_writeback(page);
				unmap_page(mapping, page);
				BUG_ON(page_mapped(page));
				if (!invalidate_complete_page2(mapping, page))
					ret = -EBUSY;
			}
			unlock_page(page);
		}
		pagevec_release(&pvec);
	}
	return ret;
}
