// SPDX-License-Identifier: Apache-2.0
/*
 * mm/filemap.c - the page cache, until v2.6.22
 *
 * As Faultline tells it: a tree under tree_lock, and pages that are found
 * without their lock.
 */

struct page *find_get_page(struct address_space *mapping, unsigned long offset)
{
	struct radix_tree_root *tree = &mapping->page_tree;
	struct page *page;

	read_lock_irq(&mapping->tree_lock);
	page = radix_tree_lookup(tree, offset);
	if (page)
		page_cache_get(page);
	read_unlock_irq(&mapping->tree_lock);
	return page;
}

/* Under tree_lock and the page's lock. */
void __remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct radix_tree_root *tree = &mapping->page_tree;

	radix_tree_delete(tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
	pagecache_acct(-1);
}

void remove_from_page_cache(struct page *page)
{
	struct address_space *mapping;

	BUG_ON(!PageLocked(page));
	mapping = page->mapping;
	write_lock_irq(&mapping->tree_lock);
	__remove_from_page_cache(page);
	write_unlock_irq(&mapping->tree_lock);
}

/* The new page is in the tree locked, with a reference of the tree's own. */
int add_to_page_cache(struct page *page, struct address_space *mapping,
		      pgoff_t offset, gfp_t gfp_mask)
{
	int error = radix_tree_preload(gfp_mask);

	if (error)
		return error;
	write_lock_irq(&mapping->tree_lock);
	error = radix_tree_insert(&mapping->page_tree, offset, page);
	if (!error) {
		page->index = offset;
		page->mapping = mapping;
		mapping->nrpages++;
		SetPageLocked(page);
		page_cache_get(page);
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
	int error;

	if (!page)
		return -ENOMEM;
	error = add_to_page_cache(page, mapping, offset, GFP_KERNEL);
	switch (error) {
	case 0:
		error = mapping->a_ops->readpage(file, page);
		break;
	case -EEXIST:
		error = 0;
		break;
	}
	page_cache_release(page);
	return error;
}

/* A page of the file, read, with a reference; not locked. */
struct page *filemap_nopage(struct vm_area_struct *area, unsigned long address,
			    int *type)
{
	struct file *file = area->vm_file;
	struct address_space *mapping = file->f_mapping;
	pgoff_t nth = (address - area->vm_start) >> PAGE_CACHE_SHIFT;
	pgoff_t size, pgoff = area->vm_pgoff + nth;
	struct page *page;
	int error, is_read;

	for (;;) {
		size = DIV_ROUND_UP(i_size_read(mapping->host),
				    PAGE_CACHE_SIZE);
		if (pgoff >= size)
			return NOPAGE_SIGBUS;
		while (!(page = find_get_page(mapping, pgoff))) {
			error = page_cache_read(file, pgoff);
			if (error == -ENOMEM)
				return NOPAGE_OOM;
			if (error)
				return NOPAGE_SIGBUS;
		}
		if (PageUptodate(page))
			break;

		/* It is being read, or could not be, or was thrown away. */
		lock_page(page);
		if (!page->mapping) {
			unlock_page(page);
			page_cache_release(page);
			continue;
		}
		is_read = PageUptodate(page);
		if (is_read) {
			unlock_page(page);
		} else if (!mapping->a_ops->readpage(file, page)) {
			wait_on_page_locked(page);
			is_read = PageUptodate(page);
		}
		if (is_read)
			break;
		page_cache_release(page);
		return NOPAGE_SIGBUS;
	}
	mark_page_accessed(page);
	if (type)
		*type = VM_FAULT_MINOR;
	return page;
}
