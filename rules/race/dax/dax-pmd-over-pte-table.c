/*
 * A PMD fault maps a huge page over a table of PTEs
 *
 * Id:          dax-pmd-over-pte-table
 * Rule:        page-table-collision
 * Seen:        v4.10..v4.11, v4.12-rc
 * Fixed:       "dax: Fix race between colliding PMD & PTE entries"
 * Functions:   insert_pfn_pmd, vmf_insert_pfn_pmd, dax_iomap_pmd_fault
 * Advice:      look at the PMD again once the entry is locked
 * Era:         xarray
 *
 * Whether a fault is of PMD size is decided before it locks the entry. That there
 * is no smaller entry in the file says nothing about this process's page table: a
 * table of PTEs stays when the entries that filled it go.
 *
 *   page fault                           PTE fault, then invalidation
 *   ----------                           ----------------------------
 *   sees no table of PTEs, decides
 *   for a PMD
 *                                        inserts a PTE, and the table for it
 *                                        deletes the entry, takes the PTE away
 *   locks a new PMD entry,
 *   maps a huge page over the table
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
}

/* @thread page fault for writing, index 0 */
void first(void)
{
	page_fault(0, 0, 1);
}

/* @thread PTE read fault, then invalidation, index 1 */
void second(void)
{
	pte_fault(0, 1, 0);
	invalidate_range(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_iomap_pmd_fault @@
-	if (!(pmd_none(*vmf->pmd) || pmd_trans_huge(*vmf->pmd) ||
-	      pmd_devmap(*vmf->pmd))) {
-		ret = 0;
-		goto unlock_entry;
-	}
-
 	while (iomap_iter(&iter, ops) > 0) {
@@ dax_iomap_pmd_fault @@
-unlock_entry:
 	dax_unlock_entry(&xas, entry);
 fallback:
 */
