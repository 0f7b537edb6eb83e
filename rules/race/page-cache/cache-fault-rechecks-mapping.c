/*
 * A fault that waited for a page's lock maps the page though the file has it no longer
 *
 * Id:          cache-fault-rechecks-mapping
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      compare folio->mapping after folio_lock(), and look the page up again when it differs
 * Era:         page-xarray
 * Needs:       filemap_fault
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 invalidation
 *   find the page
 *                                             lock it, take it out, unlock it
 *   lock it
 *   set the PTE
 *
 * A reference keeps the memory, not the place in the file; that changes under the page's lock.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread invalidation (O_DIRECT write) */
void invalidate(void)
{
	drop_cache_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

#ifdef BROKEN

/* Locked is taken for inside of the file. */
vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct folio *folio;

	if (vmf->pgoff >= DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE))
		return VM_FAULT_SIGBUS;
	for (;;) {
		folio = __filemap_get_folio(mapping, vmf->pgoff, FGP_CREAT | FGP_FOR_MMAP, vmf->gfp_mask);
		folio_lock(folio);
		if (folio_test_uptodate(folio))
			break;
		mapping->a_ops->read_folio(file, folio);
		folio_put(folio);
	}
	if (vmf->pgoff >= DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE)) {
		folio_unlock(folio);
		folio_put(folio);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = folio_file_page(folio, vmf->pgoff);
	return VM_FAULT_LOCKED;
}

#endif
