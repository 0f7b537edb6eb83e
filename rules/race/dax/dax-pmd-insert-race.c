/*
 * A PMD fault loses the race for an empty slot and maps a PTE under a huge page
 *
 * Id:          dax-pmd-insert-race
 * Rule:        unlocked-entry-path
 * Seen:        v4.10..v4.10.1, v4.11-rc1..v4.11-rc5
 * Introduced:  642261ac995e ("dax: add struct iomap based DAX PMD support")
 * Fixed:       e11f8b7b6c4e ("dax: fix radix tree insertion race")
 * Functions:   __get_locked_pte, insert_pfn, vm_insert_mixed, dax_iomap_fault
 * Advice:      look the entry up again after retaking the tree lock
 * Era:         radix
 *
 * Memory for a new entry is allocated with the tree lock dropped. Where there
 * was an entry it has been locked before; where there was none, nothing keeps
 * others away:
 *
 *   PMD fault                            PMD fault
 *   ---------                            ---------
 *   looks the entry up: nothing
 *   drops the tree lock to allocate
 *                                        inserts a PMD entry and locks it
 *   cannot insert: something is there
 *   takes it for a PTE entry further on
 *   in the range, falls back to a PTE
 *                                        maps the huge page
 *                                        unlocks the entry
 *   locks the PMD entry of the other
 *   inserts a PTE below the huge page
 *
 * Only threads that share page tables get that far.
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

/* @thread page fault for writing, index 0 */
void second(void)
{
	page_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	/* One after the other both get the huge page. */
	__assert(!fell_back, "assertion", "a fault falls back to small pages where a huge one is mapped");
}

/* @broken
@@ grab_mapping_entry @@
-	if (!entry) {
-		entry = __radix_tree_lookup(&mapping->page_tree, index, NULL,
-					    &slot);
-		if (entry) {
-			radix_tree_preload_end();
-			spin_unlock_irq(&mapping->tree_lock);
-			goto restart;
-		}
-	}
 	if (pmd_downgrade) {
 		mapping->nrexceptional--;
@@ grab_mapping_entry @@
 	if (err < 0) {
 		spin_unlock_irq(&mapping->tree_lock);
+		if (err == -EEXIST && !(size_flag & RADIX_DAX_PMD))
+			goto restart;
 		return ERR_PTR(err);
 */
