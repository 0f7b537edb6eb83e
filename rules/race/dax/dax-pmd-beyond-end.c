/*
 * A huge page of zeroes is mapped beyond the end of the file
 *
 * Id:          dax-pmd-beyond-end
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      fall back when the last page of the PMD is not inside of the file
 * Era:         xarray
 *
 * Guards a rule of the protocol: that the faulting page is inside of the file does
 * not say that the rest of its PMD is.
 *
 *   truncate by one page                 PMD read fault, index 0
 *   --------------------                 -----------------------
 *   unmaps and forgets what is
 *   beyond, the last page is outside
 *                                        index 0 is inside of the file, so it
 *                                        maps zeroes there and beyond
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
}

/* @thread truncate by one page */
void first(void)
{
	truncate_file(PMD_PAGES - 1);
}

/* @thread PMD read fault, index 0 */
void second(void)
{
	pmd_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(PMD_PAGES - 1);
}

/* @broken
@@ dax_fault_check_fallback @@
 	if (first < vma->vm_start || vma->vm_end - first < PMD_SIZE)
 		return true;
-	return (xas->xa_index | PG_PMD_COLOUR) >= max_pgoff;
+	return false;
 }
 */
