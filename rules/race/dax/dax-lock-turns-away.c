/*
 * Memory failure is woken for an entry, finds its page elsewhere, and turns away
 *
 * Id:          dax-lock-turns-away
 * Rule:        lost-wakeup
 * Seen:        v4.19..v4.19.1
 * Introduced:  c2a7d2a11552 ("filesystem-dax: Introduce dax_lock_mapping_entry()")
 * Fixed:       25bbe21bf427 ("dax: Avoid losing wakeup in dax_lock_mapping_entry")
 * Functions:   __get_unlocked_mapping_entry, dax_lock_mapping_entry, memory_failure
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * As dax-lock-loses-wakeup, with one difference: the page of the entry that goes
 * belongs to the file again before anybody looks. Versions that do not check
 * page->mapping (dax-lock-mapping-null) die in the other scenario before they
 * can lose anything; here they leave for the new place of the page.
 *
 *   one more, invalidation     memory failure 1, 2, 3
 *   ----------------------     ----------------------
 *   locks entry 0
 *                              all three sleep at index 0
 *   unlocks, wakes 1
 *   deletes the entry, wakes 2
 *   the block becomes page 1
 *                              1, 2: the page is at index 1; wake nobody at 0
 *                              3 sleeps for ever
 *
 * It takes an invalidation that wakes one waiter only, as until v5.13
 * (dax-invalidate-wakes-all).
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(2);
	world_hole(1, 1);
	world_reuse_blocks();
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure, invalidation of page 0, its block becomes page 1 */
void first(void)
{
	memory_failure(poisoned);
	invalidate_range(0, 1);
	punch_hole(0, 1);
	pte_fault(0, 1, 1);
}

/* @thread memory failure of page 0 */
void second(void)
{
	memory_failure(poisoned);
}

/* @thread memory failure of page 0 */
void third(void)
{
	memory_failure(poisoned);
}

/* @thread memory failure of page 0 */
void fourth(void)
{
	memory_failure(poisoned);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
dax_entry_t dax_lock_folio(struct folio *folio)
{
	XA_STATE(xas, NULL, 0);
	void *entry;

	rcu_read_lock();
	for (;;) {
		struct address_space *mapping = READ_ONCE(folio->mapping);

		entry = NULL;
		if (!mapping || !dax_mapping(mapping))
			break;

		entry = (void *)~0UL;
		if (S_ISCHR(mapping->host->i_mode))
			break;

		xas.xa = &mapping->i_pages;
		xas_lock_irq(&xas);
		if (mapping != folio->mapping) {
			xas_unlock_irq(&xas);
			continue;
		}
		xas_set(&xas, folio->index);
		entry = xas_load(&xas);
		if (dax_is_locked(entry)) {
			rcu_read_unlock();
			xas_reset(&xas);
			entry = get_unlocked_entry(&xas, 0);
			xas_unlock_irq(&xas);
			rcu_read_lock();
			continue;
		}
		dax_lock_entry(&xas, entry);
		xas_unlock_irq(&xas);
		break;
	}
	rcu_read_unlock();
	return (dax_entry_t)entry;
}

static int __dax_invalidate_entry(struct address_space *mapping,
				  pgoff_t index, bool trunc)
{
	XA_STATE(xas, &mapping->i_pages, index);
	void *entry;
	int ret = 0;

	xas_lock_irq(&xas);
	entry = get_unlocked_entry(&xas, 0);
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
	put_unlocked_entry(&xas, entry, WAKE_NEXT);
	xas_unlock_irq(&xas);
	return ret;
}
#endif
