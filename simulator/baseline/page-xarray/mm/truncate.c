// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking folios out of the page cache
 *
 * Faultline's own words for the protocol of v6.x: a folio is unmapped and taken
 * out under its lock, by whoever finds that it still belongs to the file.
 */

int truncate_inode_folio(struct address_space *mapping, struct folio *folio)
{
	if (folio->mapping != mapping)
		return -EIO;
	if (folio_mapped(folio))
		unmap_mapping_folio(folio);
	folio_cancel_dirty(folio);
	filemap_remove_folio(folio);
	return 0;
}

/* What can be had without waiting first, then the rest; until nothing is left. */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	pgoff_t start = (lstart + PAGE_SIZE - 1) >> PAGE_SHIFT, index = start;
	pgoff_t last = lend == -1 ? ULONG_MAX : lend >> PAGE_SHIFT;
	pgoff_t indices[PAGEVEC_SIZE];
	struct folio_batch fbatch;
	int i;

	folio_batch_init(&fbatch);
	while (find_lock_entries(mapping, &index, last, &fbatch, indices)) {
		for (i = 0; i < folio_batch_count(&fbatch); i++) {
			truncate_inode_folio(mapping, fbatch.folios[i]);
			folio_unlock(fbatch.folios[i]);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}
	index = start;
	for (;;) {
		cond_resched();
		if (!find_get_entries(mapping, &index, last, &fbatch, indices)) {
			if (index == start)
				return;
			index = start;
			continue;
		}
		for (i = 0; i < folio_batch_count(&fbatch); i++) {
			folio_lock(fbatch.folios[i]);
			folio_wait_writeback(fbatch.folios[i]);
			truncate_inode_folio(mapping, fbatch.folios[i]);
			folio_unlock(fbatch.folios[i]);
		}
		folio_batch_release(&fbatch);
	}
}

void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	truncate_inode_pages_range(mapping, lstart, -1);
}

void truncate_setsize(struct inode *inode, loff_t newsize)
{
	i_size_write(inode, newsize);
	unmap_mapping_range(inode->i_mapping, newsize + PAGE_SIZE - 1, 0, 1);
	truncate_inode_pages(inode->i_mapping, newsize);
	unmap_mapping_range(inode->i_mapping, newsize + PAGE_SIZE - 1, 0, 1);
}

void truncate_pagecache_range(struct inode *inode, loff_t lstart, loff_t lend)
{
	unmap_mapping_range(inode->i_mapping, lstart, lend + 1 - lstart, 0);
	truncate_inode_pages_range(inode->i_mapping, lstart, lend);
}

/* A folio in use stays: the cache and the caller are the only ones who may know it. */
long mapping_evict_folio(struct address_space *mapping, struct folio *folio)
{
	if (!mapping || folio_test_dirty(folio) || folio_test_writeback(folio))
		return 0;
	if (folio_ref_count(folio) > folio_nr_pages(folio) + 1)
		return 0;
	return remove_mapping(mapping, folio);
}

unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	pgoff_t indices[PAGEVEC_SIZE], index = start;
	struct folio_batch fbatch;
	unsigned long count = 0;
	int i;

	folio_batch_init(&fbatch);
	while (find_lock_entries(mapping, &index, end, &fbatch, indices)) {
		for (i = 0; i < folio_batch_count(&fbatch); i++) {
			count += mapping_evict_folio(mapping, fbatch.folios[i]);
			folio_unlock(fbatch.folios[i]);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}
	return count;
}

static int invalidate_complete_folio2(struct address_space *mapping, struct folio *folio)
{
	xa_lock_irq(&mapping->i_pages);
	if (folio_test_dirty(folio)) {
		xa_unlock_irq(&mapping->i_pages);
		return 0;
	}
	__filemap_remove_folio(folio, NULL);
	xa_unlock_irq(&mapping->i_pages);
	folio_put(folio);
	return 1;
}

int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	pgoff_t indices[PAGEVEC_SIZE], index = start;
	struct folio_batch fbatch;
	int i, ret = 0;

	folio_batch_init(&fbatch);
	while (find_get_entries(mapping, &index, end, &fbatch, indices)) {
		for (i = 0; i < folio_batch_count(&fbatch); i++) {
			struct folio *folio = fbatch.folios[i];

			folio_lock(folio);
			if (folio->mapping != mapping) {
				folio_unlock(folio);
				continue;
			}
			VM_BUG_ON_FOLIO(!folio_contains(folio, indices[i]), folio);
			folio_wait_writeback(folio);
			if (folio_mapped(folio))
				unmap_mapping_folio(folio);
			BUG_ON(folio_mapped(folio));
			if (!invalidate_complete_folio2(mapping, folio))
				ret = -EBUSY;
			folio_unlock(folio);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}
	return ret;
}
