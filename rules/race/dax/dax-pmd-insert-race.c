/*
 * A PMD fault loses the race for an empty slot and maps a PTE under a huge page
 *
 * Id:          dax-pmd-insert-race
 * Rule:        unlocked-entry-path
 * Seen:        v4.10..v4.10.1, v4.11-rc1..v4.11-rc5
 * Introduced:  642261ac995e ("dax: add struct iomap based DAX PMD support")
 * Fixed:       e11f8b7b6c4e ("dax: fix radix tree insertion race")
 * Functions:   __get_locked_pte, insert_pfn, vm_insert_mixed, dax_iomap_fault
 * Advice:      look the entry up again after retaking the tree lock
 * Era:         radix
 *
 * Memory for a new entry is allocated with the tree lock dropped. Where there
 * was an entry it has been locked before; where there was none, nothing keeps
 * others away:
 *
 *   PMD fault                            PMD fault
 *   ---------                            ---------
 *   looks the entry up: nothing
 *   drops the tree lock to allocate
 *                                        inserts a PMD entry and locks it
 *   cannot insert: something is there
 *   takes it for a PTE entry further on
 *   in the range, falls back to a PTE
 *                                        maps the huge page
 *                                        unlocks the entry
 *   locks the PMD entry of the other
 *   inserts a PTE below the huge page
 *
 * Only threads that share page tables get that far.
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

/* @thread page fault for writing, index 0 */
void second(void)
{
	page_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	/* One after the other both get the huge page. */
	__assert(!fell_back, "assertion", "a fault falls back to small pages where a huge one is mapped");
}

#ifdef BROKEN
static void *grab_mapping_entry(struct address_space *mapping, pgoff_t index,
		unsigned long size_flag)
{
	bool pmd_downgrade;
	void *entry, **slot;
	int err;

restart:
	pmd_downgrade = false;
	spin_lock_irq(&mapping->tree_lock);
	entry = get_unlocked_mapping_entry(mapping, index, &slot);

	if (entry && (size_flag & RADIX_DAX_PMD)) {
		if (!radix_tree_exceptional_entry(entry) ||
		    dax_is_pte_entry(entry)) {
			put_unlocked_mapping_entry(mapping, index, entry);
			entry = ERR_PTR(-EEXIST);
			goto out_unlock;
		}
	} else if (entry && radix_tree_exceptional_entry(entry)) {
		pmd_downgrade = dax_is_pmd_entry(entry) &&
				dax_is_blockless_entry(entry);
	}

	if (!entry || pmd_downgrade) {
		if (pmd_downgrade)
			entry = lock_slot(mapping, slot);
		spin_unlock_irq(&mapping->tree_lock);

		if (pmd_downgrade && dax_is_zero_entry(entry))
			unmap_mapping_range(mapping,
				(index << PAGE_SHIFT) & PMD_MASK, PMD_SIZE, 0);

		err = radix_tree_preload(mapping_gfp_mask(mapping) &
					 ~__GFP_HIGHMEM);
		if (err) {
			if (pmd_downgrade)
				put_locked_mapping_entry(mapping, index, entry);
			return ERR_PTR(err);
		}
		spin_lock_irq(&mapping->tree_lock);

		if (pmd_downgrade) {
			radix_tree_delete(&mapping->page_tree, index);
			mapping->nrexceptional--;
			dax_wake_mapping_entry_waiter(mapping, index, entry,
						      true);
		}

		entry = dax_radix_locked_entry(0, size_flag | RADIX_DAX_EMPTY);
		err = __radix_tree_insert(&mapping->page_tree, index,
					  dax_radix_order(entry), entry);
		radix_tree_preload_end();
		if (err) {
			spin_unlock_irq(&mapping->tree_lock);
			/* A PTE request must have met its own index. */
			if (err == -EEXIST && !(size_flag & RADIX_DAX_PMD))
				goto restart;
			return ERR_PTR(err);
		}
		mapping->nrexceptional++;
		goto out_unlock;
	}

	if (!radix_tree_exceptional_entry(entry)) {
		struct page *page = entry;

		get_page(page);
		spin_unlock_irq(&mapping->tree_lock);
		lock_page(page);
		if (likely(page->mapping == mapping))
			return page;
		unlock_page(page);
		put_page(page);
		goto restart;
	}
	entry = lock_slot(mapping, slot);
out_unlock:
	spin_unlock_irq(&mapping->tree_lock);
	return entry;
}
#endif
