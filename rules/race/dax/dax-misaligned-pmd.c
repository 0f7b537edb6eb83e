/*
 * A huge PMD maps another range of the file than its entry covers
 *
 * Id:          dax-misaligned-pmd
 * Rule:        wrong-entry
 * Seen:        v4.10..v4.13.0, v4.14-rc1
 * Introduced:  642261ac995e ("dax: add struct iomap based DAX PMD support")
 * Fixed:       fffa281b48a9 ("dax: fix deadlock due to misaligned PMD faults")
 * Functions:   get_unlocked_mapping_entry, grab_mapping_entry, dax_iomap_pmd_fault
 * Advice:      fall back when address and file offset lie at different places of their PMDs
 * Era:         xarray
 *
 * A PMD entry is the lock of one range of the file, a huge PMD maps one range of
 * addresses. Where a mapping begins in the middle of a PMD's worth of the file, the
 * two ranges overlap and are not the same:
 *
 *   addresses    |  0   1   2   3  |  4 ..
 *   file            1   2   3   4     5 ..
 *   entry      [ 0  1   2   3 ]
 *
 * The huge PMD then maps a page whose entry nobody locked, and nothing keeps a
 * fault of that page from going on at the same time.
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_hole(0, 2 * PMD_PAGES);
	world_misaligned_mapping(0);
}

/* @thread PMD read fault in a mapping that begins at page 1 */
void first(void)
{
	pmd_fault(0, 1, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_fault_check_fallback @@
-	if ((vmf->pgoff & PG_PMD_COLOUR) !=
-	    ((vmf->address >> PAGE_SHIFT) & PG_PMD_COLOUR))
-		return true;
 	if (private && (vmf->flags & FAULT_FLAG_WRITE))
 		return true;
 */
