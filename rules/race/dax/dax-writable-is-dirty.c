/*
 * An entry is clean while its page can still be written to
 *
 * Id:          dax-writable-is-dirty
 * Rule:        missed-write-protect
 * Seen:        -
 * Advice:      set the dirty mark before the page is mapped writable, clear it after the pages are protected
 * Era:         xarray
 *
 * Guards a rule of the protocol: who asks the dirty mark at any time, another fsync
 * above all, has to be told of every page that somebody can write to.
 *
 *   fsync                                fsync
 *   -----                                -----
 *   clears the dirty mark
 *                                        finds nothing dirty, says that
 *                                        everything is safe
 *   write-protects the page, flushes it
 */

#define the_tree_lock (*tree_lock_of(the_mapping))

/* @start */
void start(void)
{
	world_file(1);
	world_second_mm();
	store_to(0, 0);
}

/* @thread fsync */
void first(void)
{
	writeback_file();
}

/* @thread write by another process, index 0 */
void second(void)
{
	store_to(1, 0);
}

/* @always(free: the_tree_lock, mm[0].page_table_lock, mm[1].page_table_lock) */
void always(void)
{
	check_page_tables();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_writeback_one @@
 	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
+	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
 	xas_unlock_irq(xas);
@@ dax_writeback_one @@
 	xas_store(xas, entry);
-	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
 	dax_wake_entry(xas, entry, WAKE_NEXT);
 */
