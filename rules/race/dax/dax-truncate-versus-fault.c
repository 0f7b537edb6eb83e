/*
 * A fault maps a page that truncate has taken away
 *
 * Id:          dax-truncate-versus-fault
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      test the size of the file inside of the locks that keep truncate away
 * Era:         xarray
 *
 * Guards a rule of the protocol: truncate lowers the size of the file before it
 * takes mappings and entries away, so that a fault which comes later sees the new
 * size.
 *
 *   truncate                             PTE fault
 *   --------                             ---------
 *   lowers the size
 *   takes all mappings away
 *   deletes the entries
 *                                        does not look at the size,
 *                                        inserts an entry, maps a page
 */

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 1, 1);
}

/* @thread truncate to nothing */
void first(void)
{
	truncate_file(0);
}

/* @thread PTE write fault, index 1 */
void second(void)
{
	pte_fault(0, 1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
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

	if (vmf->flags & FAULT_FLAG_WRITE)
		iter.flags |= IOMAP_WRITE;

	entry = grab_mapping_entry(&xas, mapping, 0);
	if (xa_is_internal(entry))
		return xa_to_internal(entry);

	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
		ret = VM_FAULT_NOPAGE;
		goto unlock_entry;
	}

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

unlock_entry:
	dax_unlock_entry(&xas, entry);
	return ret;
}
#endif
