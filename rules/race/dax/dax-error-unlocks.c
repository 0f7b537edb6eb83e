/*
 * A fault leaves its entry locked when the filesystem has no block for it
 *
 * Id:          dax-error-unlocks
 * Rule:        lock-leak
 * Seen:        -
 * Functions:   dax_iomap_pte_fault, dax_iomap_pmd_fault
 * Advice:      unlock the entry on the path of the error, too
 * Era:         xarray
 *
 * Guards a rule of the protocol: the entry is locked before the filesystem is asked,
 * and the answer may be an error, that there is no space above all. Whoever returns
 * at once leaves the entry locked:
 *
 *   PTE fault                            PMD fault, truncate, fsync
 *   ---------                            --------------------------
 *   locks the entry
 *   no space: returns
 *                                        sleeps for ever
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_hole(0, 2 * PMD_PAGES);
	world_failing_blocks();
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread PMD write fault of another range */
void second(void)
{
	pmd_fault(0, PMD_PAGES, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_iomap_pte_fault @@
 	if (!ret && error)
-		ret = dax_fault_return(error);
+		return dax_fault_return(error);
 	if (iomap_errp)
 */
