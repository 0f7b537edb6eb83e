/*
 * Invalidation of the pages of holes, as direct I/O and a write() did it before DAX's entries were told of
 * it: each page is unmapped and dropped, and the filesystem's lock against faults is not held.
 */
/* Needs: dax_fault */

void invalidate_pages(unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	inode_lock(the_inode);
	invalidate_hole_pages(the_mapping, index, index + count - 1);
	inode_unlock(the_inode);
	leave_file();
}
