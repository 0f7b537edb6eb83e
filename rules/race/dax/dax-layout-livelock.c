/*
 * Breaking layouts comes back to the same huge entry for ever
 *
 * Id:          dax-layout-livelock
 * Rule:        livelock
 * Seen:        v4.18..v4.19-rc7
 * Introduced:  5fac7408d828 ("mm, fs, dax: handle layout changes to pinned dax mappings")
 * Fixed:       d7782145e1ad ("filesystem-dax: Fix dax_layout_busy_page() livelock")
 * Functions:   dax_layout_busy_page, ext4_break_layouts, xfs_break_dax_layouts
 * Advice:      go on behind the whole entry, not behind its first page
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * A lookup from inside of a huge entry answers with that entry, and with its first
 * index. Who then goes on one page behind that index is inside of the same entry
 * again. One thread is enough, and a file with one huge entry. The other thread here
 * only makes sure that the tree is looked at as something that others change:
 *
 *   looks up from index 0: the entry at 0
 *   looks up from index 1: the entry at 0
 *   looks up from index 1: the entry at 0
 *   ..
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	pmd_fault(0, 0, 1);
}

/* @thread layout breaking */
void first(void)
{
	break_layouts();
}

/* @thread PMD read fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_no_locked_entry();
}

#ifdef BROKEN
struct page *dax_layout_busy_page_range(struct address_space *mapping,
					loff_t start, loff_t end)
{
	pgoff_t index = start >> PAGE_SHIFT;
	XA_STATE(xas, &mapping->i_pages, index);
	struct page *page = NULL;
	void *entry;

	unmap_mapping_pages(mapping, index, 0, false);
	while (!page) {
		xas_set(&xas, index);
		xas_lock_irq(&xas);
		entry = xas_find(&xas, ULONG_MAX);
		if (entry)
			page = dax_busy_page(entry);
		xas_unlock_irq(&xas);
		if (!entry)
			break;
		index = xas.xa_index & ~((1UL << dax_entry_order(entry)) - 1);
		index++;
	}
	return page;
}
#endif
