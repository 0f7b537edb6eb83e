/*
 * One page is waited for, and then another one is busy still
 *
 * Id:          dax-layout-looks-again
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      look for busy pages once more after each wait, and leave the search at the first that is busy
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * Guards a rule of the protocol: a search tells of one busy page, and only that one
 * is waited for.
 *
 *   layout breaking                      direct I/O to two pages
 *   ---------------                      -----------------------
 *   page 0 is busy: waits for it
 *                                        lets go of page 0
 *   page 0 is idle: done
 *                                        still reads from page 1,
 *                                        whose block is freed
 */

static unsigned long pinned, other;

/* @start */
void start(void)
{
	world_file(2);
	pte_fault(0, 0, 1);
	pte_fault(0, 1, 1);
	pinned = block_pfn(0);
	other = block_pfn(1);
	pin_page(0, 0);
	pin_page(0, 1);
}

/* @thread search for busy pages */
void first(void)
{
	break_layouts();
	__assert(page_ref_count(pfn_to_page(pinned)) == IDLE_REFERENCES &&
			page_ref_count(pfn_to_page(other)) == IDLE_REFERENCES,
		"lost-entry", "the search for busy pages is over while a page is busy");
}

/* @thread end of I/O to page 0 */
void second(void)
{
	unpin_page(0);
}

/* @thread end of I/O to page 1 */
void third(void)
{
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
 		put_unlocked_entry(&xas, entry, WAKE_NEXT);
-		if (page)
-			break;
 		dax_scan_pause(&xas, ++scanned);
 */
