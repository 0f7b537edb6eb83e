/* fsync: what is dirty is flushed and write-protected, then it is clean. */
/* Needs: dax_writeback_mapping_range */

void writeback_file(void)
{
	if (!use_file())
		return;
	vfs_fsync_range(&world_of_files[0], 0, LLONG_MAX, 0);
	leave_file();
}

/* The same for a part of the file, as msync() asks for it. */
void writeback_range(unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	vfs_fsync_range(&world_of_files[0], (loff_t)index << PAGE_SHIFT, ((loff_t)(index + count) << PAGE_SHIFT) - 1, 0);
	leave_file();
}
