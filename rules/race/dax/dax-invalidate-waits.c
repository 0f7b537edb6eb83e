/*
 * An entry is deleted while a fault holds it
 *
 * Id:          dax-invalidate-waits
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      wait for the entry's lock before the entry is removed
 * Era:         xarray
 *
 * Guards a rule of the protocol: an invalidation holds none of the filesystem's
 * locks, and only the entry's own lock keeps it from a fault.
 *
 *   PTE fault                            invalidation
 *   ---------                            ------------
 *   locks the entry
 *                                        deletes the entry
 *   maps the page, unlocks an entry
 *   that is gone
 */

/* @start */
void start(void)
{
	world_file(1);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread invalidation, index 0 */
void second(void)
{
	invalidate_range(0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static int __dax_invalidate_entry(struct address_space *mapping,
				  pgoff_t index, bool trunc)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;
	int ret = 0;

	xas_lock_irq(&xas);
	entry = xas_load(&xas);
	if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
		goto out;
	if (!trunc && (xas_get_mark(&xas, PAGECACHE_TAG_DIRTY) ||
		       xas_get_mark(&xas, PAGECACHE_TAG_TOWRITE)))
		goto out;
	dax_disassociate_entry(entry, mapping, trunc);
	xas_store(&xas, NULL);
	mapping->nrpages -= 1UL << dax_entry_order(entry);
	ret = 1;
out:
	put_unlocked_entry(&xas, entry, WAKE_ALL);
	xas_unlock_irq(&xas);
	return ret;
}
#endif
