/*
 * An entry is inserted where another thread has been quicker
 *
 * Id:          dax-grab-keeps-lock
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      do not drop the tree lock between the lookup and the insertion, or look again
 * Era:         xarray
 *
 * Guards a rule of the protocol, in the XArray what dax-pmd-insert-race was in the
 * radix tree: that there is nothing at an index holds only as long as the tree
 * lock.
 *
 *   PMD fault                            PTE fault
 *   ---------                            ---------
 *   looks the entry up: nothing
 *   drops the tree lock
 *                                        inserts its entry, locked
 *   takes the tree lock
 *   stores a PMD entry over it
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
@@ grab_mapping_entry @@
 		xas_set(xas, index);
+		xas_unlock_irq(xas);
+		cond_resched();
+		xas_lock_irq(xas);
 		entry = dax_make_entry(pfn_to_pfn_t(0), size_flag | DAX_EMPTY);
 */
