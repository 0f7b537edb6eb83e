/*
 * The search for busy pages passes an entry that is locked
 *
 * Id:          dax-layout-skips-locked
 * Rule:        lost-entry
 * Seen:        v4.20..v6.14
 * Introduced:  0e40de0338d0 ("dax: Fix huge page faults")
 * Fixed:       6be3e21d25ca ("fs/dax: don't skip locked entries when scanning entries"), dd59137bfe70
 * Advice:      wait for the entry that the loop has come to; get_unlocked_entry() goes on to the next one
 * Era:         xarray
 * Needs:       dax_layout_busy_page
 *
 * Before blocks are freed nobody may hold a page of them any more. The search goes
 * through the tree with one xa_state, and hands it to get_unlocked_entry() when it
 * meets a locked entry. That looks for the next entry in the range of the state,
 * which is none, instead of waiting for this one:
 *
 *   memory failure                       truncate
 *   --------------                       --------
 *   locks the entry
 *                                        comes to the entry: it is locked
 *                                        asks for the next one: there is none
 *                                        finds no page busy
 *   unlocks
 *                                        frees blocks that a device still
 *                                        reads from or writes to
 */

static unsigned long poisoned;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	pin_page(0, 0);
	poisoned = block_pfn(0);
}

/* @thread memory failure of page 0 */
void first(void)
{
	memory_failure(poisoned);
}

/* @thread search for busy pages */
void second(void)
{
	break_layouts();
	__assert(page_ref_count(pfn_to_page(poisoned)) == IDLE_REFERENCES, "lost-entry",
		"the search for busy pages has passed a busy page");
}

/* @thread end of I/O to page 0 */
void third(void)
{
	unpin_page(0);
}

/* @finally */
void finally(void)
{
	check_no_locked_entry();
}

/* @broken
@@ dax_layout_busy_page_range @@
-		entry = wait_entry_unlocked_exclusive(&xas, entry);
+		if (dax_is_locked(entry))
+			entry = get_unlocked_entry(&xas, 0);
 		page = entry ? dax_busy_page(entry) : NULL;
 */
