/*
 * A process goes on to see zeroes where another has written
 *
 * Id:          dax-zero-page-remap
 * Rule:        stale-block-mapping
 * Seen:        v4.0..v4.6, v4.10..v4.11
 * Introduced:  9f141d6ef625 ("dax: Call ->iomap_begin without entry lock during dax fault")
 * Fixed:       ac401cc78242 ("dax: New fault locking"),
 *              "dax: fix data corruption when fault races with write"
 * Advice:      take every mapping of the zero page away before the block takes its place
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * The zero page stands in for a hole in as many processes as have read it. When the
 * first write brings a block, they all have to fault again. In the versions named
 * above it was the read fault that came late, as dax-hole-versus-write tells; what
 * the functions below leave out, no version is known to have left out.
 *
 *   PTE read fault, process 0            PTE write fault, process 1
 *   -------------------------            --------------------------
 *   maps the zero page
 *                                        allocates a block, stores it in the
 *                                        entry, maps it
 *   still has the zero page
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
@@ dax_insert_entry @@
-	if (shared ||
-	    (!(flags & DAX_ZERO_PAGE) && dax_is_zero_entry(entry))) {
-		if (dax_is_pmd_entry(entry))
-			unmap_mapping_pages(mapping,
-					    round_down(index, PG_PMD_NR),
-					    PG_PMD_NR, false);
-		else
-			unmap_mapping_pages(mapping, index, 1, false);
-	}
-
 	xas_reset(xas);
 */
