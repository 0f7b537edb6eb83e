/*
 * fsync passes a dirty entry that is locked
 *
 * Id:          dax-writeback-skips-locked
 * Rule:        lost-entry
 * Seen:        v4.20..v6.19
 * Introduced:  0e40de0338d0 ("dax: Fix huge page faults")
 * Advice:      wait for the entry that the loop has come to; get_unlocked_entry() goes on to the next one
 * Era:         xarray
 *
 * Writeback goes through the tree with one xa_state, and hands it to
 * get_unlocked_entry() when it meets a locked entry. That looks for the next entry
 * in the range of the state, which is none, instead of waiting for this one:
 *
 *   PTE read fault                       fsync
 *   --------------                       -----
 *   locks the dirty entry
 *                                        comes to the entry: it is locked
 *                                        asks for the next one: there is none,
 *                                        so the entry must have been deleted
 *                                        returns, and the data is not safe
 *   unlocks
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread fsync */
void second(void)
{
	writeback_file();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	/* Nobody has written since, and fsync takes the right to write away. */
	__assert(!pte_write(mm[0].pte[0]), "lost-entry",
		"fsync has passed a page that was dirty before it");
}

/* @broken
@@ dax_writeback_one @@
-		entry = wait_entry_unlocked_exclusive(xas, entry);
+		entry = get_unlocked_entry(xas, 0);
 		if (!dax_is_same_block(old_entry, entry) ||
 */
