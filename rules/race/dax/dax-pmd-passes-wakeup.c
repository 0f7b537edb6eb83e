/*
 * A PMD fault that has waited for a PTE entry uses up a wake-up
 *
 * Id:          dax-pmd-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      return a conflict for a smaller entry before waiting for it, or wake the next one: put_unlocked_entry()
 * Era:         xarray
 * Needs:       grab_mapping_entry
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next. A PMD fault cannot use a PTE entry, and if
 * it waits to learn that (it does until v5.2), it owes the next one a wake-up:
 *
 *   PTE fault, index 0     PMD fault              PTE fault, index 0
 *   ------------------     ---------              ------------------
 *   locks the entry
 *                          sleeps                 sleeps
 *   unlocks, wakes one
 *                          finds a PTE entry,
 *                          falls back,
 *                          wakes nobody
 *                                                 sleeps for ever
 *
 * At the first index of the PMD all three have one key (dax-pmd-waits-for-pte is about
 * those behind it).
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
}

/* @thread PTE write fault in another process, index 0 */
void first(void)
{
	pte_fault(1, 0, 1);
}

/* @thread PMD write fault */
void second(void)
{
	pmd_fault(0, 0, 1);
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
@@ get_unlocked_entry @@
-		if (order > dax_entry_order(entry))
-			return XA_RETRY_ENTRY;
 		if (!dax_is_locked(entry))
-			return entry;
+			return order > dax_entry_order(entry) ?
+				XA_RETRY_ENTRY : entry;
 */
