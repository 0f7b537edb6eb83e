/*
 * What was written back stays dirty
 *
 * Id:          dax-writeback-cleans
 * Rule:        assertion
 * Seen:        -
 * Advice:      clear both marks: what is to be written when its flush begins, dirty when it ends
 * Era:         xarray
 *
 * Guards a rule of the protocol: after an fsync, when nobody has written since, an
 * entry is clean and an invalidation may remove it. A mark that stays makes each
 * later fsync flush the page again, and each direct write to it fail.
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
}

/* @thread fsync, then invalidation, index 0 */
void first(void)
{
	writeback_file();
	invalidate_range(0, 1);
}

/* @thread unmapping by the process */
void second(void)
{
	unmap_process(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(!entry_present(0), "assertion", "an entry is not clean after an fsync");
}

/* @broken
@@ dax_writeback_one @@
 	xas_store(xas, entry);
-	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
 	dax_wake_entry(xas, entry, WAKE_NEXT);
 */
