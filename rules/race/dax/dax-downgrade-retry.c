/*
 * A split that ran out of memory splits what is not there
 *
 * Id:          dax-downgrade-retry
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.2, v5.4..v5.13
 * Introduced:  b15cd800682f ("dax: Convert page fault handlers to XArray")
 * Fixed:       "dax: fix ENOMEM handling in grab_mapping_entry()"
 * Advice:      decide about the split anew each time the tree lock has been dropped
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * To split a PMD entry it is taken out of the tree, and a small one goes in. When
 * there is no memory for the node that the small one needs, the fault allocates
 * without the lock and tries again, and still remembers that it had to split:
 *
 *   PTE fault                            PTE fault
 *   ---------                            ---------
 *   deletes the zero PMD entry
 *   no memory: drops the tree lock
 *                                        (inserts an entry of its own)
 *   finds another entry, or none,
 *   and splits that
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
	world_scarce_memory();
}

/* @thread PTE read fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PTE read fault in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static void *grab_mapping_entry(struct xa_state *xas,
		struct address_space *mapping, unsigned int order)
{
	unsigned long index = xas->xa_index;
	bool pmd_downgrade = false;
	void *entry;

retry:
	xas_lock_irq(xas);
	entry = get_unlocked_entry(xas, order);
	if (dax_is_conflict(entry)) {
		xas_unlock_irq(xas);
		return xa_mk_internal(VM_FAULT_FALLBACK);
	}
	if (entry && !xa_is_value(entry)) {
		xas_set_err(xas, -EIO);
		goto out_unlock;
	}

	if (entry && order == 0 && dax_is_pmd_entry(entry) &&
	    dax_is_blockless_entry(entry))
		pmd_downgrade = true;
	if (pmd_downgrade) {
		dax_lock_entry(xas, entry);
		if (dax_is_zero_entry(entry)) {
			xas_unlock_irq(xas);
			unmap_mapping_pages(mapping,
					    xas->xa_index & ~PG_PMD_COLOUR,
					    PG_PMD_NR, false);
			xas_reset(xas);
			xas_lock_irq(xas);
		}

		dax_disassociate_entry(entry, mapping, false);
		xas_store(xas, NULL);
		dax_wake_entry(xas, entry, WAKE_ALL);
		mapping->nrpages -= PG_PMD_NR;
		entry = NULL;
		xas_set(xas, index);
	}

	if (entry) {
		dax_lock_entry(xas, entry);
	} else {
		unsigned long flags = DAX_EMPTY;

		if (order > 0)
			flags |= DAX_PMD;
		entry = dax_make_entry(pfn_to_pfn_t(0), flags);
		dax_lock_entry(xas, entry);
		if (xas_error(xas))
			goto out_unlock;
		mapping->nrpages += 1UL << order;
	}

out_unlock:
	xas_unlock_irq(xas);
	if (xas_nomem(xas, mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM))
		goto retry;
	if (xas->xa_node == XA_ERROR(-ENOMEM))
		return xa_mk_internal(VM_FAULT_OOM);
	if (xas_error(xas))
		return xa_mk_internal(VM_FAULT_SIGBUS);
	return entry;
}
#endif
