// SPDX-License-Identifier: Apache-2.0
/*
 * mm/filemap.c - the page cache, from v2.6.23 on
 *
 * Faultline's own words. A page belongs to the file as long as page->mapping
 * says so, and that changes under the page's lock only: who has waited for the
 * lock looks again.
 */

struct page *find_get_page(struct address_space *mapping, pgoff_t offset)
{
	struct page *page;

	read_lock_irq(&mapping->tree_lock);
	page = radix_tree_lookup(&mapping->page_tree, offset);
	if (page)
		page_cache_get(page);
	read_unlock_irq(&mapping->tree_lock);
	return page;
}

struct page *find_lock_page(struct address_space *mapping, pgoff_t offset)
{
	struct page *page;

repeat:
	page = find_get_page(mapping, offset);
	if (!page)
		return NULL;
	lock_page(page);
	if (page->mapping != mapping) {
		unlock_page(page);
		page_cache_release(page);
		goto repeat;
	}
	return page;
}

/* Under tree_lock and the page's lock; nobody may map it any more. */
void __remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	radix_tree_delete(&mapping->page_tree, page->index);
	page->mapping = NULL;
	mapping->nrpages--;
}

void remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	BUG_ON(!PageLocked(page));
	write_lock_irq(&mapping->tree_lock);
	__remove_from_page_cache(page);
	write_unlock_irq(&mapping->tree_lock);
}

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
static int page_cache_read(struct file *file, pgoff_t offset)
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

/* The page is locked, read, and inside of the file as long as its lock is held. */
int filemap_fault(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct file *file = vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct page *page;
	pgoff_t size;
	int error;

	size = (i_size_read(mapping->host) + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	if (vmf->pgoff >= size)
		return VM_FAULT_SIGBUS;
retry_find:
	page = find_lock_page(mapping, vmf->pgoff);
	if (!page) {
		error = page_cache_read(file, vmf->pgoff);
		if (error >= 0)
			goto retry_find;
		return error == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
	}
	if (!PageUptodate(page)) {
		error = mapping->a_ops->readpage(file, page);
		page_cache_release(page);
		if (!error)
			goto retry_find;
		return VM_FAULT_SIGBUS;
	}

	size = (i_size_read(mapping->host) + PAGE_CACHE_SIZE - 1) >> PAGE_CACHE_SHIFT;
	if (vmf->pgoff >= size) {
		unlock_page(page);
		page_cache_release(page);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = page;
	return VM_FAULT_LOCKED;
}
