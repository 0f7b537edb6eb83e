/*
 * A lock by file and index is woken for an entry without a block, and wakes nobody
 *
 * Id:          dax-lock-of-hole-wakes
 * Rule:        lost-wakeup
 * Seen:        -
 * Functions:   wait_entry_unlocked, dax_lock_mapping_entry, grab_mapping_entry
 * Advice:      wait exclusively only when an unlock of your own is sure to follow
 * Era:         xarray
 * Needs:       dax_lock_mapping_entry
 * Needs:       dax_lock_page | dax_lock_folio
 *
 * Guards a rule of the protocol: exclusive waiters are woken one by one, each by the
 * unlock of the one before. Who looks an entry up by file and index, and finds zeroes
 * when it wakes, locks nothing and has no unlock to offer, so it may not stand in that
 * line (dax-exclusive-wait is the same of an entry that is gone):
 *
 *   PTE read fault         lock by index          PTE write fault
 *   --------------         -------------          ---------------
 *   locks the entry
 *                          sleeps                 sleeps
 *   maps the zero page,
 *   unlocks, wakes one
 *                          finds zeroes: leaves,
 *                          wakes nobody
 *                                                 sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread lock of the entry by file and index */
void second(void)
{
	lock_mapping_entry(0);
}

/* @thread PTE write fault in another process, index 0 */
void third(void)
{
	pte_fault(1, 0, 1);
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
 */
