/*
 * write() copies a block that a process has written to, and that mapping stays
 *
 * Id:          dax-copy-drops-dirty
 * Rule:        stale-block-mapping
 * Seen:        v6.0..v6.1
 * Introduced:  ("fsdax: introduce dax_iomap_cow_copy()")
 * Fixed:       f76b3a32879d ("fsdax: force clear dirty mark if CoW")
 * Functions:   dax_iomap_iter, __dax_clear_dirty_range
 * Advice:      take the dirty marks of the range away before it is invalidated
 * Era:         xarray
 * Needs:       dax_iomap_cow_copy | dax_iomap_copy_around | __dax_clear_dirty_range
 *
 * An invalidation leaves dirty entries alone. write() to a shared block, or where a
 * filesystem copies as it likes, gets another block, and what the process has mapped
 * is the old one. It goes on to write there, and nobody else sees it:
 *
 *   writes to its mapping
 *                                        write(): gets another block
 *                                        invalidates: the entry is dirty, and stays
 *   still has the block of before
 */

/* @start */
void start(void)
{
	world_file(1);
	pte_fault(0, 0, 1);
	world_share_block(0);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread write() to index 0 */
void second(void)
{
	write_file(0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_iomap_iter @@
-	if (cow)
-		__dax_clear_dirty_range(iomi->inode->i_mapping,
-					pos >> PAGE_SHIFT,
-					(end - 1) >> PAGE_SHIFT);
 	if (cow || (iomap->flags & IOMAP_F_NEW))
 */
