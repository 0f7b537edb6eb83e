/*
 * Who waits for busy pages uses up a wake-up
 *
 * Id:          dax-layout-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next.
 *
 *   memory failure         truncate             writeback
 *   --------------         --------             ---------
 *   locks the entry
 *                          sleeps               sleeps
 *   unlocks, wakes one
 *                          looks whether the
 *                          pages are busy,
 *                          wakes nobody
 *                                               sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure_at(0);
}

/* @thread search for busy pages */
void second(void)
{
	break_layouts();
}

/* @thread writeback */
void third(void)
{
	writeback_file();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_layout_busy_page_range @@
 		page = entry ? dax_busy_page(entry) : NULL;
-		put_unlocked_entry(&xas, entry, WAKE_NEXT);
 		if (page)
 */
