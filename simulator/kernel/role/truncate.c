/* What takes pages away from a file: truncation, hole punching, and invalidation by those who write past the cache. */
/* Needs: dax_delete_mapping_entry | dax_fault */

static void wait_for_page(struct page *page)
{
	filemap_invalidate_unlock(the_mapping);
	__await_eq(&page->_refcount, IDLE_REFERENCES);
	filemap_invalidate_lock(the_mapping);
}

/* The callback of a filesystem, which knows the file and what this thread waits for. */
static void wait_for_event(struct inode *inode)
{
	wait_for_page(THIS_THREAD->awaited_page);
}

/* Since v6.15 one call does it for all filesystems, and takes the entries away as well. */
static void wait_for_layouts(void)
{
#if __arity(dax_break_layout) == 4
	dax_break_layout(the_inode, 0, LLONG_MAX, wait_for_event);
#elif __has_function(dax_layout_busy_page)
	struct page *page;

	while ((page = dax_layout_busy_page(the_mapping)))
		wait_for_page(page);
#endif
}

void break_layouts(void)
{
	if (!use_file())
		return;
	inode_lock(the_inode);
	filemap_invalidate_lock(the_mapping);
	wait_for_layouts();
	filemap_invalidate_unlock(the_mapping);
	inode_unlock(the_inode);
	leave_file();
}

/* Virtiofs takes back a part of a file, and keeps the rest: what is in use there it leaves, too. */
void break_layout_at(unsigned long index, unsigned long count)
{
#if __has_function(dax_layout_busy_page_range)
	loff_t first = (loff_t)index << PAGE_SHIFT, behind = (loff_t)(index + count) << PAGE_SHIFT;

	if (!use_file())
		return;
	filemap_invalidate_lock(the_mapping);
	if (!dax_layout_busy_page_range(the_mapping, first, behind - 1))
		for (; count > 0; count--)
			__assert(!pte_present_at(0, index + count - 1), "stale-mapping-after-invalidate",
				"a page that is said to be idle is mapped");
	filemap_invalidate_unlock(the_mapping);
	leave_file();
#endif
}

/* Mappings go before the entries and once more after, for what came in between. */
void truncate_file(unsigned long pages)
{
	loff_t size = (loff_t)pages << PAGE_SHIFT;

	if (!use_file())
		return;
	__assume("truncation holds the inode's lock and, against faults, the invalidate lock");
	inode_lock(the_inode);
	filemap_invalidate_lock(the_mapping);
	wait_for_layouts();
	i_size_write(the_inode, size);
	unmap_mapping_range(the_mapping, size, 0, 1);
	truncate_inode_pages(the_mapping, size);
	unmap_mapping_range(the_mapping, size, 0, 1);
	free_blocks(pages, WORLD_PAGES - 1);
	filemap_invalidate_unlock(the_mapping);
	inode_unlock(the_inode);
	leave_file();
}

void punch_hole(unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	__assume("hole punching holds the inode's lock and, against faults, the invalidate lock");
	inode_lock(the_inode);
	filemap_invalidate_lock(the_mapping);
	wait_for_layouts();
	truncate_pagecache_range(the_inode, (loff_t)index << PAGE_SHIFT, ((loff_t)(index + count) << PAGE_SHIFT) - 1);
	free_blocks(index, index + count - 1);
	filemap_invalidate_unlock(the_mapping);
	inode_unlock(the_inode);
	leave_file();
}
