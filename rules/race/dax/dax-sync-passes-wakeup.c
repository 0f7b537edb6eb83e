/*
 * A synchronous fault that finds its entry replaced uses up a wake-up
 *
 * Id:          dax-sync-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 * Needs:       dax_finish_sync_fault
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next.
 *
 *   synchronous fault,      invalidation, then    PMD fault
 *   index 1                 PMD fault
 *   ------------------      ------------------    ---------
 *   has its entry, unlocked
 *                           deletes it, inserts
 *                           a PMD entry, locked
 *   fsync, sleeps
 *                                                 sleeps
 *                           unlocks, wakes one
 *   cannot use a PMD entry,
 *   wakes nobody
 *                                                 sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
#if MAPPINGS_COUNTED
	/* Huge zeroes do as well, and the invalidation of a block that is mapped hugely is not analysed there. */
	world_hole(0, PMD_PAGES);
#endif
	world_second_mm();
	world_sync_mapping(0);
}

/* @thread synchronous PTE fault, index 1 */
void first(void)
{
	sync_fault(0, 1, 0);
}

/* @thread invalidation, then PMD read fault in another process */
void second(void)
{
	invalidate_range(1, 1);
	pmd_fault(1, 0, 0);
}

/* @thread PMD read fault in another process */
void third(void)
{
	pmd_fault(1, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_pfn_mkwrite @@
 	    (dax_is_pmd_entry(entry) && order == 0)) {
-		put_unlocked_entry(&xas, entry, WAKE_NEXT);
 		xas_unlock_irq(&xas);
 		return VM_FAULT_NOPAGE;
 */
