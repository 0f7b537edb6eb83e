/*
 * A PTE fault does not see the huge page that came before it
 *
 * Id:          dax-pte-under-pmd
 * Rule:        page-table-collision
 * Seen:        v4.5..v4.6, v4.10..v4.11, v4.12-rc
 * Fixed:       "dax: Fix race between colliding PMD & PTE entries"
 * Functions:   __get_locked_pte, insert_pfn, vm_insert_mixed,
 *              dax_iomap_pte_fault, dax_iomap_fault
 * Advice:      look at the PMD again once the entry is locked
 * Era:         xarray
 *
 * Whether a fault is of PTE size is decided before it locks the entry. By the time
 * it has the lock, a PMD fault of another thread may have mapped the range:
 *
 *   PTE fault                            PMD fault
 *   ---------                            ---------
 *   decides for a PTE
 *                                        locks a new PMD entry
 *                                        maps the huge page
 *                                        unlocks
 *   locks the PMD entry,
 *   inserts a PTE below the huge page
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread PTE write fault, index 1 */
void first(void)
{
	pte_fault(0, 1, 1);
}

/* @thread PMD write fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static vm_fault_t dax_iomap_pte_fault(struct vm_fault *vmf, pfn_t *pfnp,
			       int *iomap_errp, const struct iomap_ops *ops)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	XA_STATE(xas, &mapping->i_pages, vmf->pgoff);
	struct iomap_iter iter = {
		.inode		= mapping->host,
		.pos		= (loff_t)vmf->pgoff << PAGE_SHIFT,
		.len		= PAGE_SIZE,
		.flags		= IOMAP_DAX | IOMAP_FAULT,
	};
	vm_fault_t ret = 0;
	void *entry;
	int error;

	if (iter.pos >= i_size_read(iter.inode))
		return VM_FAULT_SIGBUS;
	if (vmf->flags & FAULT_FLAG_WRITE)
		iter.flags |= IOMAP_WRITE;

	entry = grab_mapping_entry(&xas, mapping, 0);
	if (xa_is_internal(entry))
		return xa_to_internal(entry);

	while ((error = iomap_iter(&iter, ops)) > 0) {
		if (WARN_ON_ONCE(iomap_length(&iter) < PAGE_SIZE)) {
			iter.processed = -EIO;
			continue;
		}
		ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry, false);
		if (ret != VM_FAULT_SIGBUS && (iter.iomap.flags & IOMAP_F_NEW)) {
			count_vm_event(PGMAJFAULT);
			ret |= VM_FAULT_MAJOR;
		}
		if (!(ret & VM_FAULT_ERROR))
			iter.processed = PAGE_SIZE;
	}
	if (iomap_errp)
		*iomap_errp = error;
	if (!ret && error)
		ret = dax_fault_return(error);

	dax_unlock_entry(&xas, entry);
	return ret;
}
#endif
