/*
 * A process goes on to see a huge page of zeroes where another has written
 *
 * Id:          dax-zero-pmd-remap
 * Rule:        stale-block-mapping
 * Seen:        v4.10..v4.11
 * Introduced:  9f141d6ef625 ("dax: Call ->iomap_begin without entry lock during dax fault")
 * Fixed:       "dax: fix PMD data corruption when fault races with write"
 * Advice:      unmap all of a PMD, from its first index, before blocks take the place of its zeroes
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * As dax-zero-page-remap, for the huge zero page: the fault that brings the blocks
 * has to unmap all that the entry covers. The versions named above asked for the
 * block before they locked the entry, so that a read fault came back with zeroes
 * after the write fault was done.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 0);
}

/* @thread PMD read fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 0);
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
@@ dax_insert_entry @@
-		if (dax_is_pmd_entry(entry))
-			unmap_mapping_pages(mapping,
-					    round_down(index, PG_PMD_NR),
-					    PG_PMD_NR, false);
-		else
+		if (dax_is_pte_entry(entry))
 			unmap_mapping_pages(mapping, index, 1, false);
 */
