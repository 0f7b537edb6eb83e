/*
 * A PTE fault takes the pages of a PMD entry away from the file
 *
 * Id:          dax-mixed-mapping
 * Rule:        wrong-entry
 * Seen:        v4.17..v5.2-rc5
 * Introduced:  d2c997c0f145 ("fs, dax: use page->mapping to warn if truncate collides with a busy page")
 * Fixed:       1571c029a2ff ("dax: Fix xarray entry association for mixed mappings")
 * Functions:   dax_insert_entry, dax_associate_entry,
 *              dax_disassociate_entry, dax_insert_mapping_entry
 * Advice:      change what pages point to only where the entry in the tree changes
 * Era:         xarray
 *
 * One process has a huge page mapped, another faults a page of it in at PTE size.
 * The entry stays what it is, a PMD; when the pages are told as if a PTE entry had
 * come in its place, all but one of them point to no file any more. Memory failure
 * then finds nobody to warn.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 1);
}

/* @thread PTE write fault in another process, index 1 */
void first(void)
{
	pte_fault(1, 1, 1);
}

/* @finally */
void finally(void)
{
	check_accounting();
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_entry @@
 	xas_reset(xas);
 	xas_lock_irq(xas);
+	if (dax_entry_size(entry) != dax_entry_size(new_entry)) {
+		dax_disassociate_entry(entry, mapping, false);
+		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address, shared);
+	}
 	if (!shared && !dax_is_blockless_entry(entry)) {
@@ dax_insert_entry @@
-		dax_disassociate_entry(entry, mapping, false);
-		dax_associate_entry(new_entry, mapping, vmf->vma, vmf->address,
-				    shared);
 		entry = new_entry;
 */
