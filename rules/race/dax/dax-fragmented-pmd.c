/*
 * What a PMD fault leaves behind when the file has no huge extent there
 *
 * Id:          dax-fragmented-pmd
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      map a PMD only where one extent covers it, and split the empty PMD entry that stays
 * Era:         xarray
 *
 * Guards a rule of the protocol: a PMD fault locks its entry before it knows whether
 * there is a huge extent. Where there is none an empty PMD entry stays, and the
 * faults of PTE size that follow have to split it before they put theirs in.
 *
 *   page fault, index 0                  page fault, index 3
 *   -------------------                  -------------------
 *   inserts an empty PMD entry,
 *   finds a hole in the range,
 *   falls back
 *                                        uses the PMD entry for its page
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(2, 1);
	world_second_mm();
}

/* @thread page fault for writing, index 0 */
void first(void)
{
	page_fault(0, 0, 1);
}

/* @thread page fault for reading in another process, index 3 */
void second(void)
{
	page_fault(1, 3, 0);
}

/* @finally */
void finally(void)
{
	int process;
	unsigned long n;

	check_page_tables();
	check_no_locked_entry();
	for (process = 0; process < 2; process++)
		for (n = 0; n < PMD_PAGES; n++)
			__assert(!pmd_present_at(process, 0) || block_pfn(n) == block_pfn(0) + n, "stale-block-mapping",
				"a huge PMD maps what is not one extent");
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
			dax_is_zero_entry(entry);
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
