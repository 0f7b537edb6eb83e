// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults, invalidation and writeback of DAX files, as the XArray came
 *
 * Faultline's telling of the protocol during v4.20-rc: what locks an entry for
 * memory failure tells only whether it did, and waits by a tree that may be
 * freed while it sleeps.
 *
 * Based on: early-xarray
 * Without: wait_entry_unlocked
 * Without: dax_lock_page
 * Without: dax_unlock_page
 */

/*
 * Lock the entry of a page of which the caller knows nothing else; memory
 * failure does. True also when there is nothing to lock. Only RCU keeps the
 * inode, and not while we sleep: after that everything begins with
 * page->mapping again.
 */
bool dax_lock_mapping_entry(struct page *page)
{
	XA_STATE(xas, NULL, 0);
	struct address_space *mapping;
	bool locked = false;
	void *entry;

	rcu_read_lock();
	for (;;) {
		mapping = READ_ONCE(page->mapping);
		if (!mapping || !dax_mapping(mapping))
			break;

		/* Device DAX has no entries: its pages are kept otherwise. */
		locked = S_ISCHR(mapping->host->i_mode);
		if (locked)
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		/* Now it stays where it is. Is that still here? */
		if (page->mapping != mapping) {
			xas_unlock_irq(&xas);
			continue;
		}

		xas_set(&xas, page->index);
		entry = xas_load(&xas);
		if (!dax_is_locked(entry)) {
			dax_lock_entry(&xas, entry);
			xas_unlock_irq(&xas);
			locked = true;
			break;
		}

		/* As it was: this takes the lock of a tree that may be gone. */
		rcu_read_unlock();
		entry = get_unlocked_entry(&xas);
		xas_unlock_irq(&xas);
		put_unlocked_entry(&xas, entry);
		rcu_read_lock();
	}
	rcu_read_unlock();
	return locked;
}

/* Makes the entry anew, of the page and of the size that is there now. */
void dax_unlock_mapping_entry(struct page *page)
{
	struct address_space *mapping = page->mapping;
	XA_STATE(xas, &mapping->i_pages, page->index);
	unsigned long size_flag;

	if (S_ISCHR(mapping->host->i_mode))
		return;

	rcu_read_lock();
	size_flag = dax_is_pmd_entry(xas_load(&xas));
	rcu_read_unlock();
	dax_unlock_entry(&xas, dax_make_entry(page_to_pfn_t(page), size_flag));
}
