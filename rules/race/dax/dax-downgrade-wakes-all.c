/*
 * A PMD entry is split and only one of its waiters hears of it
 *
 * Id:          dax-downgrade-wakes-all
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      wake all waiters of an entry that is split: its key is not unlocked again
 * Era:         xarray
 *
 * Guards a rule of the protocol: a PTE fault takes an empty or zero PMD entry out
 * of the tree and puts its own in. Those who waited for the PMD entry all have to
 * look again, for none of them unlocks it:
 *
 *   PTE fault, index 1     PMD fault            PMD fault
 *   ------------------     ---------            ---------
 *   locks the PMD entry,
 *   unmaps the zero page
 *                          sleeps               sleeps
 *   deletes it, wakes one
 *   inserts an entry for
 *   index 1
 *                          meets that entry,
 *                          falls back
 *                                               sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
}

/* @thread PTE read fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PMD read fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 0);
}

/* @thread PMD read fault, index 0 */
void third(void)
{
	pmd_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ grab_mapping_entry @@
 		xas_store(xas, NULL);
-		dax_wake_entry(xas, entry, WAKE_ALL);
+		dax_wake_entry(xas, entry, WAKE_NEXT);
 		mapping->nrpages -= PG_PMD_NR;
 */
