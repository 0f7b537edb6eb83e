/*
 * A read fault maps zeroes over one page of the huge page that a write has just brought
 *
 * Id:          dax-hole-versus-pmd-write
 * Rule:        stale-block-mapping
 * Seen:        v4.3, v4.5..v4.6, v4.10..v4.11
 * Introduced:  "dax: add huge page fault support"
 * Fixed:       ac401cc78242 ("dax: New fault locking"),
 *              "dax: Fix data corruption when fault races with write"
 * Functions:   __dax_fault, __dax_pmd_fault, dax_load_hole, get_block, get_blocks
 * Advice:      lock the entry before the block map is asked, and keep it until the page is mapped
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * The second of two races that were told together in January 2016; the first is
 * dax-hole-versus-write. The write fault is of a huge page, so that the two do not
 * even look at the same place: nothing that is kept for one index can tell them of
 * each other.
 *
 *   PTE read fault, index 1              PMD write fault, index 0
 *   -----------------------              ------------------------
 *   asks for the block: a hole
 *                                        allocates a huge page of blocks
 *                                        unmaps what maps zeroes there
 *                                        maps it
 *   maps zeroes in its own process
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
}

/* @thread PTE read fault, index 1 */
void first(void)
{
	pte_fault(0, 1, 0);
}

/* @thread PMD write fault in another process, index 0 */
void second(void)
{
	pmd_fault(1, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_iomap_pte_fault @@
-	entry = grab_mapping_entry(&xas, mapping, 0);
-	if (xa_is_internal(entry))
-		return xa_to_internal(entry);
-
-	if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd)) {
-		ret = VM_FAULT_NOPAGE;
-		goto unlock_entry;
-	}
-
 	while ((error = iomap_iter(&iter, ops)) > 0) {
@@ dax_iomap_pte_fault @@
-		ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry, false);
+		entry = grab_mapping_entry(&xas, mapping, 0);
+		if (xa_is_internal(entry)) {
+			ret = xa_to_internal(entry);
+			continue;
+		}
+		if (pmd_trans_huge(*vmf->pmd) || pmd_devmap(*vmf->pmd))
+			ret = VM_FAULT_NOPAGE;
+		else
+			ret = dax_fault_iter(vmf, &iter, pfnp, &xas, &entry,
+					     false);
+		dax_unlock_entry(&xas, entry);
 		if (ret != VM_FAULT_SIGBUS)
@@ dax_iomap_pte_fault @@
-unlock_entry:
-	dax_unlock_entry(&xas, entry);
 	return ret;
 */
