// SPDX-License-Identifier: Apache-2.0
/*
 * mm/filemap.c - the page cache, until v2.6.22
 *
 * Faultline's own words: a tree under tree_lock, pages found without their lock.
 */

struct page *find_get_page(struct address_space *mapping, unsigned long offset)
{
	struct page *page;

	read_lock_irq(&mapping->tree_lock);
	page = radix_tree_lookup(&mapping->page_tree, offset);
	if (page)
		page_cache_get(page);
	read_unlock_irq(&mapping->tree_lock);
	return page;
}

/* Under tree_lock and the page's lock. */
void __remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	radix_tree_delete(&mapping->page_tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
	pagecache_acct(-1);
}

void remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	BUG_ON(!PageLocked(page));
	write_lock_irq(&mapping->tree_lock);
	__remove_from_page_cache(page);
	write_unlock_irq(&mapping->tree_lock);
}

/* The new page is in the tree locked, with a reference of the tree's own. */
int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t offset, gfp_t gfp_mask)
{
	int error = radix_tree_preload(gfp_mask);

	if (error)
		return error;
	write_lock_irq(&mapping->tree_lock);
	error = radix_tree_insert(&mapping->page_tree, offset, page);
	if (!error) {
		page_cache_get(page);
		SetPageLocked(page);
		page->mapping = mapping;
		page->index = offset;
		mapping->nrpages++;
	}
	write_unlock_irq(&mapping->tree_lock);
	radix_tree_preload_end();
	return error;
}

/* Whoever comes second to an index finds the page of whoever came first. */
static int page_cache_read(struct file *file, unsigned long offset)
{
	struct address_space *mapping = file->f_mapping;
	struct page *page = page_cache_alloc_cold(mapping);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = add_to_page_cache(page, mapping, offset, GFP_KERNEL);
	if (ret == 0)
		ret = mapping->a_ops->readpage(file, page);
	else if (ret == -EEXIST)
		ret = 0;
	page_cache_release(page);
	return ret;
}

/* A page of the file, read, with a reference; not locked. */
struct page *filemap_nopage(struct vm_area_struct *area, unsigned long address, int *type)
{
	struct file *file = area->vm_file;
	struct address_space *mapping = file->f_mapping;
	unsigned long size, pgoff = ((address - area->vm_start) >> PAGE_CACHE_SHIFT) + area->vm_pgoff;
	struct page *page;
	int error;

retry_all:
	size = (i_size_read(mapping->host) + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	if (pgoff >= size)
		return NOPAGE_SIGBUS;
	while (!(page = find_get_page(mapping, pgoff))) {
		error = page_cache_read(file, pgoff);
		if (error)
			return error == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
	}
	if (PageUptodate(page))
		goto success;

	lock_page(page);
	if (!page->mapping) {
		unlock_page(page);
		page_cache_release(page);
		goto retry_all;
	}
	if (PageUptodate(page)) {
		unlock_page(page);
		goto success;
	}
	error = mapping->a_ops->readpage(file, page);
	if (!error) {
		wait_on_page_locked(page);
		if (PageUptodate(page))
			goto success;
	}
	page_cache_release(page);
	return NOPAGE_SIGBUS;
success:
	mark_page_accessed(page);
	if (type)
		*type = VM_FAULT_MINOR;
	return page;
}
