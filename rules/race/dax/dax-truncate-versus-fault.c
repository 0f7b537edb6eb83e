/*
 * A fault maps a page that truncate has taken away
 *
 * Id:          dax-truncate-versus-fault
 * Rule:        stale-mapping-after-invalidate
 * Seen:        -
 * Advice:      test the size of the file inside of the locks that keep truncate away
 * Era:         xarray
 * Files:       fs/dax.c, mm/memory.c
 *
 * Guards a rule of the protocol: truncate lowers the size of the file before it
 * takes mappings and entries away, so that a fault which comes later sees the new
 * size.
 *
 *   truncate                             PTE fault
 *   --------                             ---------
 *   lowers the size
 *   takes all mappings away
 *   deletes the entries
 *                                        does not look at the size,
 *                                        inserts an entry, maps a page
 */

/* @start */
void start(void)
{
	world_file(3);
	pte_fault(0, 1, 1);
	pte_fault(0, 2, 1);
}

/* @thread truncate to one page */
void first(void)
{
	truncate_file(1);
}

/* @thread PTE write fault, index 1 */
void second(void)
{
	pte_fault(0, 1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	check_nothing_beyond(1);
}

/* @broken
@@ dax_iomap_pte_fault @@
-	if (iter.pos >= i_size_read(iter.inode))
-		return VM_FAULT_SIGBUS;
 	if ((vmf->flags & FAULT_FLAG_WRITE) && !vmf->cow_page)
 		iter.flags |= IOMAP_WRITE;
 */
