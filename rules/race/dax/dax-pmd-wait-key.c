/*
 * Waiters in a PMD sleep at another key than its owner wakes
 *
 * Id:          dax-pmd-wait-key
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      take the first index of the PMD for the key, whichever index was asked for
 * Era:         xarray
 *
 * Guards a rule of the protocol: all indices of a PMD entry share one lock.
 *
 *   PMD fault, index 0                   PTE fault, index 1
 *   ------------------                   ------------------
 *   locks the PMD entry
 *                                        sees it locked, sleeps at key 1
 *   unlocks it, wakes key 0
 *                                        sleeps for ever
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

/* @thread PTE write fault in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_entry_waitqueue @@
-	if (dax_is_pmd_entry(entry))
-		index &= ~PG_PMD_COLOUR;
 	key->entry_start = index;
 */
