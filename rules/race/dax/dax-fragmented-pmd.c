/*
 * What a PMD fault leaves behind when the file has no huge extent there
 *
 * Id:          dax-fragmented-pmd
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      map a PMD only where one extent covers it, and split the empty PMD entry that stays
 * Era:         xarray
 *
 * Guards a rule of the protocol: a PMD fault locks its entry before it knows whether
 * there is a huge extent. Where there is none an empty PMD entry stays, and the
 * faults of PTE size that follow have to split it before they put theirs in.
 *
 *   page fault, index 0                  page fault, index 3
 *   -------------------                  -------------------
 *   inserts an empty PMD entry,
 *   finds a hole in the range,
 *   falls back
 *                                        uses the PMD entry for its page
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(2, 1);
	world_second_mm();
}

/* @thread page fault for writing, index 0 */
void first(void)
{
	page_fault(0, 0, 1);
}

/* @thread page fault for reading in another process, index 3 */
void second(void)
{
	page_fault(1, 3, 0);
}

/* @finally */
void finally(void)
{
	int process;
	unsigned long n;

	check_page_tables();
	check_no_locked_entry();
	for (process = 0; process < 2; process++)
		for (n = 0; n < PMD_PAGES; n++)
			__assert(!pmd_present_at(process, 0) || block_pfn(n) == block_pfn(0) + n, "stale-block-mapping",
				"a huge PMD maps what is not one extent");
}

/* @broken
@@ grab_mapping_entry @@
 	if (entry && order == 0)
-		pmd_downgrade = dax_is_splittable(entry);
+		pmd_downgrade = dax_is_pmd_entry(entry) &&
+				dax_is_zero_entry(entry);
 	if (pmd_downgrade) {
 */
