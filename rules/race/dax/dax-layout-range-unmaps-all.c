/*
 * Breaking the layout of a range leaves a page of it mapped
 *
 * Id:          dax-layout-range-unmaps-all
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Functions:   dax_layout_busy_page_range
 * Advice:      the last byte of the range is in it: unmap from the first page to the last, both included
 * Era:         xarray
 * Needs:       dax_layout_busy_page_range
 *
 * Guards a rule of the protocol: a page that is said to be idle is mapped nowhere. Who
 * takes a part of a file away, as virtiofs does, looks at that part only. A page that
 * stays mapped may be in use in the next moment:
 *
 *   takes pages 0 and 1 back             direct I/O to page 1
 *   ------------------------             --------------------
 *   looks at both: idle
 *                                        takes a reference to the page
 *                                        that is mapped
 *   gives the blocks away
 */

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 0, 1);
	pte_fault(0, 1, 1);
}

/* @thread layout breaking, index 0 to 1 */
void first(void)
{
	break_layout_at(0, 2);
}

/* @thread direct I/O to page 1 */
void second(void)
{
	if (pin_page(0, 1))
		unpin_page(1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_layout_busy_page_range @@
-	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx + 1, false);
+	unmap_mapping_pages(mapping, start_idx, end_idx - start_idx, false);
 */
