/*
 * An entry is inserted where the split PMD entry began
 *
 * Id:          dax-split-elsewhere
 * Rule:        warning
 * Seen:        -
 * Advice:      xas_set() the index again after the PMD entry was taken out
 * Era:         xarray
 *
 * Guards a rule of the protocol: an xa_state that found a PMD entry stands at that
 * entry's first slot, whatever index it was asked for. After the entry is gone the
 * state has to be sent to its index anew. Otherwise the new entry, and its lock,
 * come to stand below the first slot, and nothing is where the fault looks for the
 * entry that it thinks it owns.
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pte_fault(0, PMD_PAGES, 0);
	pmd_fault(0, 0, 0);
}

/* @thread PTE read fault in another process, index 3 */
void first(void)
{
	pte_fault(1, 3, 0);
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
