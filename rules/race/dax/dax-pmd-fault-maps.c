/*
 * A huge fault succeeds and maps nothing, or not for what was asked
 *
 * Id:          dax-pmd-fault-maps
 * Rule:        livelock
 * Seen:        -
 * Functions:   dax_iomap_fault
 * Advice:      a fault that is no error leaves the page mapped, and writable after a write
 * Era:         xarray
 *
 * As dax-fault-maps, for a huge page of the file and a huge page of zeroes. The two
 * processes come to different parts of it, or the read would unmap what is zero.
 *
 *   PMD write fault                      PMD read fault of a hole
 *   ---------------                      ------------------------
 *                                        stores the entry, maps nothing
 *                                        reads, and faults again
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_hole(PMD_PAGES, PMD_PAGES);
	world_second_mm();
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	if (pmd_fault(0, 0, 1) & VM_FAULT_FALLBACK)
		store_to(0, 0);
}

/* @thread PMD read fault of a hole in another process */
void second(void)
{
	if (pmd_fault(1, PMD_PAGES, 0) & VM_FAULT_FALLBACK)
		pte_fault(1, PMD_PAGES, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(pmd_present_at(0, 0) ? pmd_write(mm[0].pmd[0]) : pte_present_at(0, 0) && pte_write(mm[0].pte[0]),
		"livelock", "a write fault has left its page read-only");
	__assert(pmd_present_at(1, PMD_PAGES) || pte_present_at(1, PMD_PAGES), "livelock", "a fault has mapped nothing");
}

/* @broken
@@ dax_fault_iter @@
-		return vmf_insert_pfn_pmd(vmf, pfn, write);
+		return vmf_insert_pfn_pmd(vmf, pfn, false);
 */
