/* read(), write() and fsync() of a DAX file, and pages that a device reads or writes meanwhile. */
/* Needs: dax_iomap_rw */

static void transfer(int direction, unsigned long index, unsigned long count)
{
	struct kiocb iocb = { .ki_filp = &world_of_files[0], .ki_pos = (loff_t)index << PAGE_SHIFT };
	struct iov_iter iter = { .direction = direction, .count = count << PAGE_SHIFT };

#if __has_function(dax_iomap_rw)
	dax_iomap_rw(&iocb, &iter, &world_iomap_ops);
#endif
}

void write_file(unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	inode_lock(the_inode);
	transfer(WRITE, index, count);
	inode_unlock(the_inode);
	leave_file();
}

void read_file(unsigned long index, unsigned long count)
{
	if (!use_file())
		return;
	inode_lock_shared(the_inode);
	transfer(READ, index, count);
	inode_unlock_shared(the_inode);
	leave_file();
}
