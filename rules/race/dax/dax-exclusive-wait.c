/*
 * An exclusive waiter that never comes to own what it waits for
 *
 * Id:          dax-exclusive-wait
 * Rule:        lost-wakeup
 * Seen:        v4.20
 * Introduced:  55e56f06ed71 ("dax: Don't access a freed inode")
 * Fixed:       d8a706414af4 ("dax: Use non-exclusive wait in wait_entry_unlocked()")
 * States:      50000
 * Advice:      wait exclusively only when an unlock of your own is sure to follow
 * Era:         xarray
 *
 * Memory failure waits for an entry that may be gone when it wakes. As an
 * exclusive waiter it then swallows the one wake-up that there is:
 *
 *   memory       invalidation      memory failure     fault
 *   failure
 *   -------      ------------      --------------     -----
 *   locks
 *                sleeps            sleeps             sleeps
 *   unlocks
 *                deletes the
 *                entry, wakes one
 *                                  nothing to lock,
 *                                  goes home
 *                                                     sleeps for ever
 *
 * The version named above passed the wake-up on by hand: there the waiter itself
 * is who is left asleep, when an invalidation has woken somebody else, as
 * dax-invalidate-wakes-all shows. The functions below pass nothing on. They wake
 * one waiter at an invalidation as it was until v5.13.
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread PTE read fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 0);
}

/* @thread invalidation, index 0 */
void third(void)
{
	invalidate_range(0, 1);
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
static void wait_entry_unlocked(struct xa_state *xas, void *entry)
{
	struct wait_exceptional_entry_queue ewait;
	wait_queue_head_t *wq;

	init_wait(&ewait.wait);
	ewait.wait.func = wake_exceptional_entry_func;

	wq = dax_entry_waitqueue(xas, entry, &ewait.key);
	prepare_to_wait_exclusive(wq, &ewait.wait, TASK_UNINTERRUPTIBLE);
	xas_unlock_irq(xas);
	schedule();
	finish_wait(wq, &ewait.wait);
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
