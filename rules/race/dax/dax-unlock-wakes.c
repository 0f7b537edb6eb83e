/*
 * An entry is unlocked and its waiter sleeps on
 *
 * Id:          dax-unlock-wakes
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      wake the next waiter whenever an entry is unlocked
 * Era:         xarray
 *
 * Guards a rule of the protocol: who waits for an entry's lock counts on its
 * owner.
 *
 *   PTE fault                            PTE fault
 *   ---------                            ---------
 *   locks the entry
 *                                        sees it locked, sleeps
 *   unlocks it
 *                                        sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(1);
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread PTE write fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_unlock_entry @@
 	BUG_ON(!dax_is_locked(old));
-	dax_wake_entry(xas, entry, WAKE_NEXT);
 }
 */
