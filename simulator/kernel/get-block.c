/*
 * The filesystem as DAX asked it until v4.9: one call that looks a place up, and allocates when it is told
 * to. What was allocated is unwritten, and is found to be a hole, until a callback after the fault says that
 * zeroes are there; where there is no callback the filesystem zeroes it by itself and shows nothing of that.
 */

/* Whether somebody has asked for a block. */
int block_asked_for;

static void describe_block(struct buffer_head *bh, const struct iomap *iomap, unsigned long state)
{
	if (!state)
		return;
	bh->b_blocknr = iomap->addr >> PAGE_SHIFT;
	bh->b_size = iomap->length;
	bh->b_bdev = iomap->bdev;
	bh->b_state = state;
}

/* An allocation in one step with what it says of itself. Of a hole nothing is said, not even its length. */
static atomic int look_up(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	struct iomap iomap;
	unsigned long index, state = BIT(BH_Mapped);
	int error = map_blocks(inode, (loff_t)block << inode->i_blkbits, bh->b_size, create ? IOMAP_WRITE : 0, &iomap);

	if (error)
		return error;
	if (iomap.type != IOMAP_MAPPED)
		state = 0;
#if __names(complete_unwritten)
	if (iomap.flags & IOMAP_F_NEW) {
		state |= BIT(BH_New) | BIT(BH_Unwritten);
		for (index = block; index < block + (iomap.length >> PAGE_SHIFT); index++)
			block_type[index] = BLOCK_UNWRITTEN;
	}
#endif
	describe_block(bh, &iomap, state);
	return 0;
}

int world_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	__might_sleep();
	block_asked_for = 1;
	if (blocks_may_fail && __choose(2))
		return -ENOSPC;
	return look_up(inode, block, bh, create);
}

/* Zeroes are there now, unless the insertion failed. */
atomic void world_complete_unwritten(struct buffer_head *bh, int uptodate)
{
	int index;

	for (index = 0; uptodate && index < WORLD_PAGES; index++)
		if (block_type[index] == BLOCK_UNWRITTEN && block_pfn(index) - bh->b_blocknr < bh->b_size >> PAGE_SHIFT)
			block_type[index] = BLOCK_WRITTEN;
}

/* The call of v4.0 to v4.4. */
long bdev_direct_access(struct block_device *device, sector_t sector, void **address, unsigned long *pfn, long size)
{
	struct blk_dax_ctl access = { .sector = sector, .size = size };
	long length = bdev_direct_access(device, &access);

	*address = access.addr;
	*pfn = pfn_t_to_pfn(access.pfn);
	return length;
}
