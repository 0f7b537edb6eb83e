/* Invalidation by those who write past the cache: entries that are clean go, and what maps them. */
/* Needs: dax_invalidate_mapping_entry_sync */

/* Faults go on meanwhile: only writers are kept away. */
int invalidate_range(unsigned long index, unsigned long count)
{
	int error;

	if (!use_file())
		return 0;
	inode_lock(the_inode);
	error = invalidate_inode_pages2_range(the_mapping, index, index + count - 1);
	inode_unlock(the_inode);
	leave_file();
	return error;
}
