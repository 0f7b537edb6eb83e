/*
 * An entry is deleted and only one of its waiters hears of it
 *
 * Id:          dax-invalidate-wakes-all
 * Rule:        lost-wakeup
 * Seen:        v4.10..v5.2, v5.4..v5.12.0, v5.13-rc1
 * Fixed:       237388320def ("dax: Wake up all waiters after invalidating dax entry")
 * Functions:   get_unlocked_mapping_entry, __get_unlocked_mapping_entry, get_unlocked_entry,
 *              grab_mapping_entry, dax_iomap_pte_fault, dax_iomap_fault
 * Advice:      wake all waiters of an entry that is removed: there is no later unlock to wake the rest
 * Era:         xarray
 *
 * Waiters are exclusive, and each unlock wakes the next. A deleted entry is not
 * unlocked again, and whoever was woken for it does not unlock it either:
 *
 *   PMD fault      invalidation       PTE fault, 1       PTE fault, 1
 *   ---------      ------------       ------------       ------------
 *   locks the
 *   PMD entry
 *                  sleeps             sleeps             sleeps
 *   unlocks
 *                  deletes the PMD
 *                  entry, wakes one
 *                                     inserts an entry
 *                                     for index 1,
 *                                     unlocks that
 *                                                        sleeps for ever
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
	pmd_fault(0, 0, 0);
}

/* @thread PMD read fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 0);
}

/* @thread invalidation, index 1 */
void second(void)
{
	invalidate_range(1, 1);
}

/* @thread PTE read fault in another process, index 1 */
void third(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PTE read fault in another process, index 1 */
void fourth(void)
{
	pte_fault(1, 1, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ __dax_invalidate_entry @@
-	put_unlocked_entry(&xas, entry, WAKE_ALL);
+	put_unlocked_entry(&xas, entry, WAKE_NEXT);
 	xas_unlock_irq(&xas);
 */
