// SPDX-License-Identifier: Apache-2.0
/*
 * mm/truncate.c - taking folios out of the page cache
 *
 * Faultline's telling of the protocol of v6.x: a folio is unmapped and taken
 * out under its lock, by whoever finds that it still belongs to the file.
 */

/* It is locked; it may have left the file while its lock was waited for. */
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

/*
 * Bytes up to and with lend: first what can be had without waiting, then the
 * rest, from the beginning again until nothing is left.
 */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart,
				loff_t lend)
{
	const pgoff_t start = DIV_ROUND_UP(lstart, PAGE_SIZE);
	const pgoff_t last = lend == -1 ? ULONG_MAX : lend >> PAGE_SHIFT;
	pgoff_t next = start, indices[PAGEVEC_SIZE];
	struct folio_batch fbatch;
	unsigned int i, found;

	folio_batch_init(&fbatch);
	while ((found = find_lock_entries(mapping, &next, last, &fbatch,
					  indices))) {
		for (i = 0; i < found; i++) {
			truncate_inode_folio(mapping, fbatch.folios[i]);
			folio_unlock(fbatch.folios[i]);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}

	do {
		next = start;
		while ((found = find_get_entries(mapping, &next, last, &fbatch,
						 indices))) {
			for (i = 0; i < found; i++) {
				struct folio *folio = fbatch.folios[i];

				folio_lock(folio);
				folio_wait_writeback(folio);
				truncate_inode_folio(mapping, folio);
				folio_unlock(folio);
			}
			folio_batch_release(&fbatch);
			cond_resched();
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

/* Only what nobody but the cache and the caller knows of goes. */
long mapping_evict_folio(struct address_space *mapping, struct folio *folio)
{
	if (!mapping)
		return 0;
	if (folio_test_dirty(folio) || folio_test_writeback(folio))
		return 0;
	if (folio_ref_count(folio) > folio_nr_pages(folio) + 1)
		return 0;
	return remove_mapping(mapping, folio);
}

/* Takes no trouble: what is locked, dirty or in use stays. */
unsigned long invalidate_mapping_pages(struct address_space *mapping,
				       pgoff_t start, pgoff_t end)
{
	pgoff_t next = start, indices[PAGEVEC_SIZE];
	struct folio_batch fbatch;
	unsigned long ret = 0;
	unsigned int i, found;

	folio_batch_init(&fbatch);
	while ((found = find_lock_entries(mapping, &next, end, &fbatch,
					  indices))) {
		for (i = 0; i < found; i++) {
			ret += mapping_evict_folio(mapping, fbatch.folios[i]);
			folio_unlock(fbatch.folios[i]);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}
	return ret;
}

/* For who knows better: known or not, it goes unless it became dirty. */
static int invalidate_complete_folio2(struct address_space *mapping,
				      struct folio *folio)
{
	bool dirty;

	xa_lock_irq(&mapping->i_pages);
	dirty = folio_test_dirty(folio);
	if (!dirty)
		__filemap_remove_folio(folio, NULL);
	xa_unlock_irq(&mapping->i_pages);
	if (dirty)
		return 0;
	folio_put(folio);
	return 1;
}

/* Takes every trouble: waits for locks, and takes mappings away. */
int invalidate_inode_pages2_range(struct address_space *mapping,
				  pgoff_t start, pgoff_t end)
{
	pgoff_t next = start, indices[PAGEVEC_SIZE];
	struct folio_batch fbatch;
	unsigned int i, found;
	int ret = 0;

	folio_batch_init(&fbatch);
	while ((found = find_get_entries(mapping, &next, end, &fbatch,
					 indices))) {
		for (i = 0; i < found; i++) {
			struct folio *folio = fbatch.folios[i];

			folio_lock(folio);
			if (folio->mapping == mapping) {
				VM_BUG_ON_FOLIO(!folio_contains(folio, indices[i]),
						folio);
				folio_wait_writeback(folio);
				if (folio_mapped(folio))
					unmap_mapping_folio(folio);
				BUG_ON(folio_mapped(folio));
				if (!invalidate_complete_folio2(mapping, folio))
					ret = -EBUSY;
			}
			folio_unlock(folio);
		}
		folio_batch_release(&fbatch);
		cond_resched();
	}
	return ret;
}
