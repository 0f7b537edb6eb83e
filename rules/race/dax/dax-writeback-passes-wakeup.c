/*
 * A writeback that comes too late uses up a wake-up
 *
 * Id:          dax-writeback-passes-wakeup
 * Rule:        lost-wakeup
 * Seen:        -
 * Advice:      who was woken for an entry and does not lock it wakes the next one: put_unlocked_entry()
 * Era:         xarray
 *
 * Guards a rule of the protocol: waiters are exclusive, an unlock wakes one of them
 * and counts on that one to wake the next.
 *
 *   memory failure,        fsync                  fsync
 *   then PTE fault
 *   ---------------        -----                  -----
 *   locks the entry
 *                          sleeps                 sleeps
 *   unlocks, wakes one
 *                          locks the entry
 *   sleeps
 *                          cleans it, unlocks,
 *                          wakes one
 *                                                 nothing to do,
 *                                                 wakes nobody
 *   sleeps for ever
 */

static unsigned long dirty;

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	dirty = block_pfn(0);
}

/* @thread memory failure of page 0, then PTE read fault */
void first(void)
{
	memory_failure(dirty);
	pte_fault(0, 0, 0);
}

/* @thread fsync */
void second(void)
{
	writeback_file();
}

/* @thread fsync */
void third(void)
{
	writeback_file();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_writeback_one @@
 		    !xas_get_mark(xas, PAGECACHE_TAG_TOWRITE)) {
-			put_unlocked_entry(xas, entry, WAKE_NEXT);
 			return 0;
 */
