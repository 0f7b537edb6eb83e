/*
 * Breaking layouts takes private copies away, too
 *
 * Id:          dax-layout-spares-copies
 * Rule:        assertion
 * Seen:        v4.18..v5.2
 * Introduced:  5fac7408d828 ("mm, fs, dax: handle layout changes to pinned dax mappings")
 * Fixed:       d75996dd022b ("dax: dax_layout_busy_page() should not unmap cow pages")
 * Functions:   dax_layout_busy_page, dax_layout_busy_page_range
 * Advice:      unmap without even_cows: a copy is the process's own, and no block lies behind it
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * Before blocks are moved or given away, nobody may have them mapped. What a process
 * has written to in a private mapping is a copy, and none of the file's blocks. When
 * it is unmapped with them, the next look finds the file's page again, and what was
 * written is lost. One thread is enough:
 *
 *   writes to a private mapping: a copy
 *   punches a hole elsewhere in the file, or truncates it to more
 *   reads: the file's page
 */

/* @start */
void start(void)
{
	world_file(1);
	world_second_mm();
	world_private_mapping(1);
	pte_fault(1, 0, 1);
	pte_fault(0, 0, 0);
}

/* @thread layout breaking */
void first(void)
{
	break_layouts();
}

/* @thread PTE write fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(pte_present_at(1, 0), "assertion", "what a process wrote to its private copy is lost");
}

/* @broken
@@ dax_layout_busy_page_range @@
-	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, false);
+	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, true);
 */
