/*
 * A PMD entry is split and only one of its waiters hears of it
 *
 * Id:          dax-downgrade-wakes-all
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      wake all waiters of an entry that is split: its key is not unlocked again
 * Era:         xarray
 *
 * Guards a rule of the protocol: a PTE fault takes an empty or zero PMD entry out
 * of the tree and puts its own in. Those who waited for the PMD entry all have to
 * look again, for none of them unlocks it:
 *
 *   PTE fault, index 1     PMD fault            PMD fault
 *   ------------------     ---------            ---------
 *   locks the PMD entry,
 *   unmaps the zero page
 *                          sleeps               sleeps
 *   deletes it, wakes one
 *   inserts an entry for
 *   index 1
 *                          meets that entry,
 *                          falls back
 *                                               sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
}

/* @thread PTE read fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PMD read fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 0);
}

/* @thread PMD read fault, index 0 */
void third(void)
{
	pmd_fault(0, 0, 0);
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
		/* The lock bit keeps the entry ours while we unmap. */
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
		dax_wake_entry(xas, entry, WAKE_NEXT);
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
