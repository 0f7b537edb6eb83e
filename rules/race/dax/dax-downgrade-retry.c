/*
 * A split that ran out of memory splits what is not there
 *
 * Id:          dax-downgrade-retry
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.2, v5.4..v5.13
 * Introduced:  b15cd800682f ("dax: Convert page fault handlers to XArray")
 * Fixed:       "dax: fix ENOMEM handling in grab_mapping_entry()"
 * Advice:      decide about the split anew each time the tree lock has been dropped
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * To split a PMD entry it is taken out of the tree, and a small one goes in. When
 * there is no memory for the node that the small one needs, the fault allocates
 * without the lock and tries again, and still remembers that it had to split:
 *
 *   PTE fault                            PTE fault
 *   ---------                            ---------
 *   deletes the zero PMD entry
 *   no memory: drops the tree lock
 *                                        (inserts an entry of its own)
 *   finds another entry, or none,
 *   and splits that
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
	world_scarce_memory();
}

/* @thread PTE read fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 0);
}

/* @thread PTE read fault in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 0);
}

/* @finally */
void finally(void)
{
	check_accounting();
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ grab_mapping_entry @@
 	unsigned long index = xas->xa_index;
-	bool pmd_downgrade;
+	bool pmd_downgrade = false;
 	void *entry;
@@ grab_mapping_entry @@
 retry:
-	pmd_downgrade = false;
 	xas_lock_irq(xas);
 */
