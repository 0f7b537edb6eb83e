/*
 * A page is written to after its flush, and counts as clean
 *
 * Id:          dax-writeback-versus-fault
 * Rule:        missed-write-protect
 * Seen:        -
 * Advice:      hold the entry locked from before the write-protect until the dirty mark is gone
 * Era:         xarray
 *
 * Guards a rule of the protocol: a writable page is marked dirty. Writeback takes
 * both away, and a write fault that comes in between gives only one of them back.
 * Until v4.9 the dirty mark was never taken away, and there was nothing to lose;
 * 4b4bb46d00b3 ("dax: clear dirty entry tags on cache flush") takes it away and
 * holds the entry locked meanwhile.
 *
 *   writeback                            PTE write fault
 *   ---------                            ---------------
 *   write-protects all mappings
 *                                        marks the entry dirty
 *                                        maps the page writable
 *   takes the dirty mark away
 */

/* @start */
void start(void)
{
	world_file(1);
	store_to(0, 0);
}

/* @thread writeback */
void first(void)
{
	writeback_file();
}

/* @thread write by the process, index 0 */
void second(void)
{
	store_to(0, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_writeback_one @@
-	dax_lock_entry(xas, entry);
 	xas_clear_mark(xas, PAGECACHE_TAG_TOWRITE);
 	xas_unlock_irq(xas);
@@ dax_writeback_one @@
 	xas_lock_irq(xas);
-	xas_store(xas, entry);
+	xas_load(xas);
 	xas_clear_mark(xas, PAGECACHE_TAG_DIRTY);
-	dax_wake_entry(xas, entry, WAKE_NEXT);
 	return 0;
 */
