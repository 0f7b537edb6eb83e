/*
 * An exclusive waiter that never comes to own what it waits for
 *
 * Id:          dax-exclusive-wait
 * Rule:        lost-wakeup
 * Seen:        v4.19-rc1..v4.20
 * Introduced:  55e56f06ed71 ("dax: Don't access a freed inode")
 * Fixed:       d8a706414af4 ("dax: Use non-exclusive wait in wait_entry_unlocked()")
 * Functions:   wait_entry_unlocked, dax_lock_mapping_entry, dax_lock_page, memory_failure
 * Advice:      wait exclusively only when an unlock of your own is sure to follow
 * Era:         xarray
 *
 * Memory failure waits for an entry that may be gone when it wakes. As an exclusive
 * waiter it takes its place in the line of those who are woken one by one, and that
 * line ends where an entry does:
 *
 *   memory       invalidation,     memory failure     PTE fault,
 *   failure      index 1                              index 1
 *   -------      -------------     --------------     ----------
 *   locks the
 *   PMD entry
 *                sleeps            sleeps             sleeps
 *   unlocks,
 *   wakes one
 *                deletes the
 *                entry, wakes one
 *                                                     inserts an entry for
 *                                                     index 1, unlocks that
 *                                  sleeps for ever
 *
 * Who does not wait exclusively is woken by the first unlock, with everybody else
 * of that kind. It takes an invalidation that wakes one waiter only, as until v5.13
 * (dax-invalidate-wakes-all); the functions below are of that time.
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread PTE read fault in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 0);
}

/* @thread invalidation, index 1 */
void third(void)
{
	invalidate_range(1, 1);
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

/* @broken
@@ wait_entry_unlocked @@
-	prepare_to_wait(wq, &ewait.wait, TASK_UNINTERRUPTIBLE);
+	prepare_to_wait_exclusive(wq, &ewait.wait, TASK_UNINTERRUPTIBLE);
 	xas_unlock_irq(xas);
 	schedule();
@@ __dax_invalidate_entry @@
-	put_unlocked_entry(&xas, entry, WAKE_ALL);
+	put_unlocked_entry(&xas, entry, WAKE_NEXT);
 	xas_unlock_irq(&xas);
 */
