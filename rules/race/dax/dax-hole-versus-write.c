/*
 * A read fault maps zeroes over a block that a write has just brought
 *
 * Id:          dax-hole-versus-write
 * Rule:        stale-block-mapping
 * Seen:        v4.0..v4.6, v4.10..v4.11
 * Introduced:  9f141d6ef625 ("dax: Call ->iomap_begin without entry lock during dax fault")
 * Fixed:       ac401cc78242 ("dax: New fault locking"),
 *              "dax: Fix data corruption when fault races with write"
 * Functions:   __dax_fault, dax_load_hole, dax_insert_mapping, dax_iomap_pte_fault
 * Advice:      lock the entry before the block map is asked, and keep it until the page is mapped
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * What the block map says is true only as long as nobody can change it. The lock of
 * the entry is what keeps a write fault from filling the hole:
 *
 *   PTE read fault                       PTE write fault
 *   --------------                       ---------------
 *   asks for the block: a hole
 *                                        allocates a block,
 *                                        stores it in the entry, maps it
 *   locks the entry, maps the zero
 *   page in its own process
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread PTE write fault in another process, index 0 */
void second(void)
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
