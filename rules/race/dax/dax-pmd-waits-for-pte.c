/*
 * A PMD fault waits for a PTE entry where nobody will wake it
 *
 * Id:          dax-pmd-waits-for-pte
 * Rule:        lost-wakeup
 * Seen:        v4.20..v5.2
 * Introduced:  0e40de0338d0 ("dax: Fix huge page faults")
 * Fixed:       23c84eb78375 ("dax: Fix missed wakeup with PMD faults")
 * Functions:   get_unlocked_entry, grab_mapping_entry, dax_iomap_pmd_fault
 * Advice:      return a conflict for a smaller entry at once, locked or not
 * Era:         xarray
 *
 * A PMD fault that meets a smaller entry cannot have the range, and needs not wait
 * to learn it. When it waits nevertheless, it takes the index that it asked for
 * itself, the first one of the PMD, for the key:
 *
 *   PTE fault, index 1                   PMD fault, index 0
 *   ------------------                   ------------------
 *   locks its entry
 *                                        meets that entry: it is locked
 *                                        sleeps at key 0
 *   unlocks, wakes key 1
 *                                        sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
}

/* @thread PTE write fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 1);
}

/* @thread PMD write fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ get_unlocked_entry @@
-		if (order > dax_entry_order(entry))
-			return XA_RETRY_ENTRY;
 		if (!dax_is_locked(entry))
-			return entry;
+			return order > dax_entry_order(entry) ?
+				XA_RETRY_ENTRY : entry;
 */
