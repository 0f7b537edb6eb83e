/*
 * A fault fails because another one has just read the page in
 *
 * Id:          cache-two-faults-one-page
 * Rule:        unlocked-entry-path
 * Seen:        -
 * Advice:      take -EEXIST for good news: look the page up again
 * Era:         page-lock
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 page fault of another process
 *   no page there
 *                                             no page there
 *                                             add one
 *   add one: -EEXIST
 *   SIGBUS
 *
 * Nobody holds a lock between the lookup and the insertion, and whoever comes second has lost nothing.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_second_mm();
}

/* @thread page fault, index 0 */
void fault(void)
{
	check_fault(cached_fault(0, 0, 0));
}

/* @thread page fault of another process, index 0 */
void other(void)
{
	check_fault(cached_fault(1, 0, 0));
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ page_cache_read @@
-	case -EEXIST:
-		error = 0;
-		break;
 */
