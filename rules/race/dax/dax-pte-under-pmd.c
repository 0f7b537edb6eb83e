/*
 * A PTE fault does not see the huge page that came before it
 *
 * Id:          dax-pte-under-pmd
 * Rule:        page-table-collision
 * Seen:        v4.5..v4.6, v4.10..v4.11, v4.12-rc
 * Fixed:       "dax: Fix race between colliding PMD & PTE entries"
 * Functions:   __get_locked_pte, insert_pfn, vm_insert_mixed,
 *              dax_iomap_pte_fault, dax_iomap_fault
 * Advice:      look at the PMD again once the entry is locked
 * Era:         xarray
 *
 * Whether a fault is of PTE size is decided before it locks the entry. By the time
 * it has the lock, a PMD fault of another thread may have mapped the range:
 *
 *   PTE fault                            PMD fault
 *   ---------                            ---------
 *   decides for a PTE
 *                                        locks a new PMD entry
 *                                        maps the huge page
 *                                        unlocks
 *   locks the PMD entry,
 *   inserts a PTE below the huge page
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread PTE write fault, index 1 */
void first(void)
{
	pte_fault(0, 1, 1);
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
@@ dax_iomap_pte_fault @@
-	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
-		ret = VM_FAULT_NOPAGE;
-		goto unlock_entry;
-	}
-
 	while ((error = iomap_iter(&iter, ops)) > 0) {
@@ dax_iomap_pte_fault @@
-unlock_entry:
 	dax_unlock_entry(&xas, entry);
 	return ret;
 */
