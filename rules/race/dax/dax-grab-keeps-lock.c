/*
 * An entry is inserted where another thread has been quicker
 *
 * Id:          dax-grab-keeps-lock
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      do not drop the tree lock between the lookup and the insertion, or look again
 * Era:         xarray
 *
 * Guards a rule of the protocol, in the XArray what dax-pmd-insert-race was in the
 * radix tree: that there is nothing at an index holds only as long as the tree
 * lock.
 *
 *   PMD fault                            PTE fault
 *   ---------                            ---------
 *   looks the entry up: nothing
 *   drops the tree lock
 *                                        inserts its entry, locked
 *   takes the tree lock
 *   stores a PMD entry over it
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 1);
}

/* @thread PTE write fault in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 1);
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
	bool pmd_downgrade;
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

	pmd_downgrade = entry && order == 0 && dax_is_pmd_entry(entry) &&
			dax_is_blockless_entry(entry);
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
		xas_unlock_irq(xas);
		cond_resched();
		xas_lock_irq(xas);
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
