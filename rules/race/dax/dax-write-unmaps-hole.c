/*
 * A process goes on to see zeroes where write() has put data
 *
 * Id:          dax-write-unmaps-hole
 * Rule:        stale-block-mapping
 * Seen:        -
 * Advice:      invalidate the range when the block is new, before the data is written
 * Era:         xarray
 *
 * Guards a rule of the protocol: write() brings a block to a hole without a fault,
 * and holds no lock that keeps faults away. It has to take away the zero page and
 * its entry, so that the mapping comes back with the block, at every page it writes to:
 *
 *   PTE read faults                      write()
 *   ---------------                      -------
 *   map the zero page at both
 *                                        allocates two blocks, copies the data
 *   still have the zero page
 */

/* @start */
void start(void)
{
	world_file(2);
	world_hole(0, 2);
}

/* @thread PTE read faults, index 0 and 1 */
void first(void)
{
	pte_fault(0, 0, 0);
	pte_fault(0, 1, 0);
}

/* @thread write() to index 0 and 1 */
void second(void)
{
	write_file(0, 2);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_iomap_iter @@
-	if (cow || (iomap->flags & IOMAP_F_NEW))
-		invalidate_inode_pages2_range(iomi->inode->i_mapping,
-					      pos >> PAGE_SHIFT,
-					      (end - 1) >> PAGE_SHIFT);
-
 	id = dax_read_lock();
 	while (pos < end) {
 */
