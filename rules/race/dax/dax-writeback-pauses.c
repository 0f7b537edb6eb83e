/*
 * fsync lets others have the tree, and goes on where it stood
 *
 * Id:          dax-writeback-pauses
 * Rule:        use-after-free
 * Seen:        -
 * Functions:   dax_writeback_mapping_range
 * Advice:      xas_pause() before the tree lock is dropped in the middle of a walk
 * Era:         xarray
 *
 * Guards a rule of the protocol: a walk over many entries drops the tree lock at
 * times. Its state points into a node, and a node is gone with its last entry.
 *
 *   fsync                                truncation
 *   -----                                ----------
 *   has written two entries back,
 *   drops the tree lock to reschedule
 *                                        deletes both: their node is freed
 *   asks the node for the next entry
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	pte_fault(0, 0, 1);
	pte_fault(0, 1, 1);
	pte_fault(0, 2, 1);
}

/* @thread fsync */
void first(void)
{
	writeback_file();
}

/* @thread truncation to nothing */
void second(void)
{
	truncate_file(0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(0);
}

/* @broken
@@ dax_scan_pause @@
-	xas_pause(xas);
 	xas_unlock_irq(xas);
 */
