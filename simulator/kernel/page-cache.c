/*
 * The page cache around the entries of DAX: what is looked up, tagged, truncated and invalidated by index.
 * Lookups see the tree as it is between the sections that change it.
 */

/* Tags that next_entry() takes: any entry, by the index where it was met or by its own first one. */
#define UNTAGGED -1
#define UNTAGGED_FROM_FIRST -2

/* The first entry that covers or follows `first`, and its index; NULL beyond `last`. */
static atomic void *next_entry(struct address_space *mapping, pgoff_t first, pgoff_t last, int tag, pgoff_t *index)
{
	struct tree_place place;
	void *found = NULL;
	pgoff_t at;

	spin_lock(tree_lock_of(mapping));
	for (at = first; !found && at <= last && at < WORLD_PAGES; at++) {
		tree_find(&mapping->i_pages, at, &place);
		if (!place.entry || (tag >= 0 && !tree_get_mark(&mapping->i_pages, place.node, place.offset, tag)))
			continue;
		found = place.entry;
		*index = tag != UNTAGGED ? tree_index(place.node, place.offset) : at;
	}
	spin_unlock(tree_lock_of(mapping));
	return found;
}

/* What is dirty now is what this writeback will write. */
atomic void tag_pages_for_writeback(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	struct tree_place place;
	pgoff_t index;

	spin_lock(tree_lock_of(mapping));
	for (index = start; index <= end && index < WORLD_PAGES; index++) {
		tree_find(&mapping->i_pages, index, &place);
		if (place.entry && tree_get_mark(&mapping->i_pages, place.node, place.offset, PAGECACHE_TAG_DIRTY))
			tree_set_mark(&mapping->i_pages, place.node, place.offset, PAGECACHE_TAG_TOWRITE);
	}
	spin_unlock(tree_lock_of(mapping));
}

/* Entries from `start` on, each once, by its first index: that may lie before `start`. */
static unsigned int entries_from(struct address_space *mapping, pgoff_t start, int tag, unsigned int count, struct page **entries, pgoff_t *indices)
{
	unsigned int found = 0;
	pgoff_t index;
	void *entry;

	while (found < count) {
		entry = next_entry(mapping, start, ULONG_MAX, tag, &index);
		if (!entry)
			break;
		entries[found] = entry;
		indices[found++] = index;
		start = index + (entry_has(entry, ENTRY_PMD) && is_dax_entry(entry) ? PMD_PAGES : 1);
	}
	return found;
}

otherwise unsigned int find_get_entries_tag(struct address_space *mapping, pgoff_t start, int tag, unsigned int count, struct page **entries, pgoff_t *indices)
{
	return entries_from(mapping, start, tag, count, entries, indices);
}

unsigned int pagevec_lookup_entries(struct pagevec *vec, struct address_space *mapping, pgoff_t start, unsigned int count, pgoff_t *indices)
{
	vec->nr = entries_from(mapping, start, UNTAGGED_FROM_FIRST, count, vec->pages, indices);
	return vec->nr;
}

static void delete_entry(struct address_space *mapping, pgoff_t index, void *entry)
{
	if (!is_dax_entry(entry)) {
		truncate_page(mapping, index, entry);
		return;
	}
#if __has_function(dax_delete_mapping_entry)
#if __has_function(dax_delete_mapping_range)
	__warn("truncation finds an entry of a DAX file, which the wait for busy pages had to remove");
#endif
	dax_delete_mapping_entry(mapping, index);
#elif RADIX_ERA
	spin_lock_irq(tree_lock_of(mapping));
	if (radix_tree_delete_item(&mapping->page_tree, index, entry))
		mapping->nrexceptional--;
	spin_unlock_irq(tree_lock_of(mapping));
#endif
}

/* Set once an entry was removed for a part of its range: what maps the rest of it is not unmapped then. */
int removed_in_part;

static void note_removal(pgoff_t index, void *entry, pgoff_t first, pgoff_t last)
{
	pgoff_t start = index & ~(pgoff_t)(PMD_PAGES - 1);

	if (is_dax_entry(entry) && entry_has(entry, ENTRY_PMD) && (start < first || start + PMD_PAGES - 1 > last)) {
		__assume("what a PTE maps beside the removed part of a PMD entry may stay mapped read-only");
		removed_in_part = 1;
	}
}

/* Bytes [first, last] of the file leave the cache; a page that is only partly in the range stays. */
otherwise void truncate_inode_pages_range(struct address_space *mapping, loff_t first, loff_t last)
{
	pgoff_t start = (first + PAGE_SIZE - 1) >> PAGE_SHIFT, index = start;
	pgoff_t end = last < 0 || last == LLONG_MAX ? ULONG_MAX : ((last + 1) >> PAGE_SHIFT) - 1;
	pgoff_t found;
	void *entry;

	for (; (entry = next_entry(mapping, index, end, UNTAGGED, &found)); index = found + 1) {
		note_removal(found, entry, start, end);
		delete_entry(mapping, found, entry);
	}
}

otherwise void truncate_inode_pages(struct address_space *mapping, loff_t first)
{
	truncate_inode_pages_range(mapping, first, -1);
}

/* For the last time: everything goes, and whoever holds the tree lock has let go of it. */
otherwise void truncate_inode_pages_final(struct address_space *mapping)
{
	spin_lock(tree_lock_of(mapping));
	spin_unlock(tree_lock_of(mapping));
	truncate_inode_pages(mapping, 0);
}

/* Mappings first, then the entries. */
otherwise void truncate_pagecache_range(struct inode *inode, loff_t first, loff_t last)
{
	unmap_mapping_range(inode->i_mapping, first, last + 1 - first, 0);
	truncate_inode_pages_range(inode->i_mapping, first, last);
}

static int invalidate_entry(struct address_space *mapping, pgoff_t index, void *entry)
{
	int removed = 1;

	if (!is_dax_entry(entry)) {
		truncate_page(mapping, index, entry);
		return removed;
	}
#if __has_function(dax_invalidate_mapping_entry_sync)
	THIS_THREAD->only_clean++;
	removed = dax_invalidate_mapping_entry_sync(mapping, index);
	THIS_THREAD->only_clean--;
#endif
	return removed;
}

/* The pages that stand for holes go, one after the other; until v4.11 nothing else did. */
void invalidate_hole_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	pgoff_t index = start, found;
	void *entry;

	for (; (entry = next_entry(mapping, index, end, -1, &found)); index = found + 1)
		if (!is_dax_entry(entry))
			truncate_page(mapping, found, entry);
}

/* Clean entries go, then whatever maps the range; -EBUSY when a dirty one stayed. */
otherwise int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	pgoff_t index = start, found;
	int error = 0;
	void *entry;

	__assume("invalidation unmaps the range of a DAX file, as since v4.12");
	for (; (entry = next_entry(mapping, index, end, UNTAGGED, &found)); index = found + 1) {
		note_removal(found, entry, start, end);
		if (!invalidate_entry(mapping, found, entry))
			error = -EBUSY;
	}
	unmap_mapping_pages(mapping, start, end - start + 1, false);
	return error;
}

/* Data first, then what the blocks' places depend on. */
int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync)
{
	int error = write_back(file->f_mapping, start, end);

	metadata_dirty = 0;
	return error;
}

int write_back(struct address_space *mapping, loff_t start, loff_t end)
{
	struct writeback_control control = {
		.sync_mode = WB_SYNC_ALL, .nr_to_write = LONG_MAX, .range_start = start, .range_end = end,
	};

#if !__has_function(dax_writeback_mapping_range)
	return 0;
#elif __uses(dax_get_by_host) || __uses(bd_queue)
	return dax_writeback_mapping_range(mapping, &world_block_device, &control);
#else
	return dax_writeback_mapping_range(mapping, &world_dax_device, &control);
#endif
}
