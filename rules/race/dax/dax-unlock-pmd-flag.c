/*
 * A huge entry is unlocked as a small one
 *
 * Id:          dax-unlock-pmd-flag
 * Rule:        wrong-entry
 * Seen:        v4.20-rc
 * Introduced:  9f32d221301c ("dax: Convert dax_lock_mapping_entry to XArray")
 * Fixed:       fda490d39fc0 ("dax: Fix dax_unlock_mapping_entry for PMD pages")
 * Functions:   dax_unlock_mapping_entry, dax_unlock_page, memory_failure
 * Advice:      store the entry that was there before it was locked; a DAX page does not know its size
 * Era:         xarray
 *
 * Memory failure locks the entry of a page, and builds the entry anew from the
 * page when it unlocks. Whether a page is part of a huge one is asked of its
 * page flags, which nobody ever sets for DAX:
 *
 *   memory failure                       fault in the same PMD
 *   --------------                       ---------------------
 *   locks the PMD entry
 *                                        waits for it, at the PMD's key
 *   stores a PTE entry over the PMD's
 *   range, wakes the PTE's key
 *                                        sleeps on, or takes the wrong size
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	pmd_fault(0, 0, 1);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure_at(0);
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
@@ dax_unlock_folio @@
-		dax_unlock_entry(&xas, (void *)cookie);
+		dax_unlock_entry(&xas,
+				 dax_make_entry(page_to_pfn_t(&folio->page),
+						PageHead(&folio->page) ?
+						DAX_PMD : 0));
 */
