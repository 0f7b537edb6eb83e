/*
 * A PMD fault maps a huge page over a table of PTEs
 *
 * Id:          dax-pmd-over-pte-table
 * Rule:        page-table-collision
 * Seen:        v4.10..v4.11, v4.12-rc
 * Fixed:       "dax: Fix race between colliding PMD & PTE entries"
 * Functions:   insert_pfn_pmd, vmf_insert_pfn_pmd, dax_iomap_pmd_fault
 * Advice:      look at the PMD again once the entry is locked
 * Era:         xarray
 *
 * Whether a fault is of PMD size is decided before it locks the entry. That there
 * is no smaller entry in the file says nothing about this process's page table: a
 * table of PTEs stays when the entries that filled it go.
 *
 *   page fault                           PTE fault, then invalidation
 *   ----------                           ----------------------------
 *   sees no table of PTEs, decides
 *   for a PMD
 *                                        inserts a PTE, and the table for it
 *                                        deletes the entry, takes the PTE away
 *   locks a new PMD entry,
 *   maps a huge page over the table
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread page fault for writing, index 0 */
void first(void)
{
	page_fault(0, 0, 1);
}

/* @thread PTE read fault, then invalidation, index 1 */
void second(void)
{
	pte_fault(0, 1, 0);
	invalidate_range(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static vm_fault_t dax_iomap_pmd_fault(struct vm_fault *vmf, pfn_t *pfnp,
			       const struct iomap_ops *ops)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	XA_STATE_ORDER(xas, &mapping->i_pages, vmf->pgoff, PMD_ORDER);
	struct iomap_iter iter = {
		.inode		= mapping->host,
		.len		= PMD_SIZE,
		.flags		= IOMAP_DAX | IOMAP_FAULT,
	};
	vm_fault_t ret = VM_FAULT_FALLBACK;
	pgoff_t max_pgoff;
	void *entry;

	if (vmf->flags & FAULT_FLAG_WRITE)
		iter.flags |= IOMAP_WRITE;

	max_pgoff = DIV_ROUND_UP(i_size_read(iter.inode), PAGE_SIZE);
	if (xas.xa_index >= max_pgoff)
		return VM_FAULT_SIGBUS;
	if (dax_fault_check_fallback(vmf, &xas, max_pgoff))
		goto fallback;

	entry = grab_mapping_entry(&xas, mapping, PMD_ORDER);
	if (xa_is_internal(entry)) {
		ret = xa_to_internal(entry);
		goto fallback;
	}

	iter.pos = (loff_t)xas.xa_index << PAGE_SHIFT;
	while (iomap_iter(&iter, ops) > 0) {
		/* Nothing processed ends the loop. */
		if (iomap_length(&iter) < PMD_SIZE)
			continue;
		ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry, true);
		if (ret != VM_FAULT_FALLBACK)
			iter.processed = PMD_SIZE;
	}

	dax_unlock_entry(&xas, entry);
fallback:
	if (ret == VM_FAULT_FALLBACK) {
		split_huge_pmd(vmf->vma, vmf->pmd, vmf->address);
		count_vm_event(THP_FAULT_FALLBACK);
	}
	return ret;
}
#endif
