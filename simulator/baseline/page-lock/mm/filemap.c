// SPDX-License-Identifier: Apache-2.0
/*
 * mm/filemap.c - the page cache, from v2.6.23 on
 *
 * As Faultline tells it, a page belongs to the file as long as page->mapping
 * says so, and that changes under the page's lock only: who has waited for the
 * lock looks again.
 */

struct page *find_get_page(struct address_space *mapping, pgoff_t offset)
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

struct page *find_lock_page(struct address_space *mapping, pgoff_t offset)
{
	struct page *page;

	while ((page = find_get_page(mapping, offset))) {
		lock_page(page);
		if (page->mapping == mapping)
			break;
		/* It left the file while its lock was waited for. */
		unlock_page(page);
		page_cache_release(page);
	}
	return page;
}

/* Under tree_lock and the page's lock; nobody may map it any more. */
void __remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct radix_tree_root *tree = &mapping->page_tree;

	radix_tree_delete(tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
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
static int page_cache_read(struct file *file, pgoff_t offset)
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

/*
 * The page is locked, read, and inside of the file as long as its lock is held.
 * Reading gives the lock back, so that the page is looked up again.
 */
int filemap_fault(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct file *file = vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct page *page;
	pgoff_t size;
	int error;

	size = DIV_ROUND_UP(i_size_read(mapping->host), PAGE_CACHE_SIZE);
	if (vmf->pgoff >= size)
		return VM_FAULT_SIGBUS;
	for (;;) {
		page = find_lock_page(mapping, vmf->pgoff);
		if (!page) {
			error = page_cache_read(file, vmf->pgoff);
			if (error == -ENOMEM)
				return VM_FAULT_OOM;
			if (error < 0)
				return VM_FAULT_SIGBUS;
			continue;
		}
		if (PageUptodate(page))
			break;
		error = mapping->a_ops->readpage(file, page);
		page_cache_release(page);
		if (error)
			return VM_FAULT_SIGBUS;
	}

	/* Truncation sets i_size first, and then waits for each page. */
	size = DIV_ROUND_UP(i_size_read(mapping->host), PAGE_CACHE_SIZE);
	if (vmf->pgoff < size) {
		vmf->page = page;
		return VM_FAULT_LOCKED;
	}
	unlock_page(page);
	page_cache_release(page);
	return VM_FAULT_SIGBUS;
}
