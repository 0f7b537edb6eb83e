/*
 * A PTE fault takes the PMD entry that covers it for a conflict
 *
 * Id:          dax-pte-in-pmd-entry
 * Rule:        livelock
 * Seen:        v5.3..v5.4-rc4
 * Introduced:  23c84eb78375 ("dax: Fix missed wakeup with PMD faults")
 * Fixed:       6370740e5f8e ("fs/dax: Fix pmd vs pte conflict detection")
 * Advice:      only a smaller entry than asked for is a conflict; a larger one is used as it is
 * Era:         xarray
 *
 * A process that cannot map a huge page, for whatever reason, maps a small one of
 * it. Its fault finds an entry of another size than it asks for, which is no reason
 * to fall back: there is nothing smaller to fall back to.
 *
 *   PMD fault                            PTE fault in another process
 *   ---------                            ----------------------------
 *   inserts a PMD entry, maps it
 *                                        meets an entry of another size,
 *                                        gives up
 *                                        faults again, for ever
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

/* @thread PTE write faults in another process, index 1, until it is mapped */
void second(void)
{
	while (!pte_present_at(1, 1))
		pte_fault(1, 1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static void *get_unlocked_entry(struct xa_state *xas, unsigned int order)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;
	void *entry;

	init_wait(&ewait.wait);
	ewait.wait.func = wake_exceptional_entry_func;

	for (;;) {
		entry = xas_find_conflict(xas);
		if (!entry || WARN_ON_ONCE(!xa_is_value(entry)))
			return entry;
		if (dax_entry_order(entry) != order)
			return XA_RETRY_ENTRY;
		if (!dax_is_locked(entry))
			return entry;

		wq = dax_entry_waitqueue(xas, entry, &ewait.key);
		prepare_to_wait_exclusive(wq, &ewait.wait,
					  TASK_UNINTERRUPTIBLE);
		xas_unlock_irq(xas);
		xas_reset(xas);
		schedule();
		finish_wait(wq, &ewait.wait);
		xas_lock_irq(xas);
	}
}
#endif
