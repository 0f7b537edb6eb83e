/*
 * A huge fault in the middle of its range maps another one
 *
 * Id:          dax-pmd-fault-inside
 * Rule:        wrong-entry
 * Seen:        -
 * Functions:   dax_iomap_pmd_fault, dax_associate_entry
 * Advice:      a huge fault begins at the first index of its range, wherever in it the process came
 * Era:         xarray
 *
 * Guards a rule of the protocol: entry, block, page frames and their indices of a
 * huge fault are those of the whole range.
 *
 *   PMD write fault, index 1             PMD read fault in another process, index 2
 *   ------------------------             ------------------------------------------
 *   counts from index 1, and is one
 *   page beside what it should be
 *                                        maps what the entry says
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
}

/* @thread PMD write fault, index 1 */
void first(void)
{
	pmd_fault(0, 1, 1);
}

/* @thread PMD read fault in another process, index 2 */
void second(void)
{
	pmd_fault(1, 2, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_accounting();
}

/* @broken
@@ dax_associate_entry @@
-	pgoff_t index = linear_page_index(vma, address & ~(size - 1));
+	pgoff_t index = linear_page_index(vma, address);
 	unsigned long pfn;
 */
