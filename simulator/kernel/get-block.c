/*
 * The filesystem as DAX asked it until v4.9: one call that looks a place up, and allocates when it is told
 * to. What an allocation says of itself differs: with a callback that converts unwritten blocks a new block
 * comes as new and is zeroed by the fault, without one the filesystem zeroes it and shows neither.
 */

/* Whether the filesystem may be out of space or unable to read its metadata: each answer may be an error. */
int blocks_may_fail;

static void describe_block(struct buffer_head *bh, const struct iomap *iomap, unsigned long state)
{
	bh->b_blocknr = iomap->addr >> PAGE_SHIFT;
	bh->b_size = iomap->length;
	bh->b_bdev = iomap->bdev;
	bh->b_state = state;
}

static unsigned long state_of(const struct iomap *iomap)
{
	if (iomap->type == IOMAP_HOLE)
		return BIT(BH_Uptodate);
#if __uses(complete_unwritten)
	if (iomap->type == IOMAP_UNWRITTEN)
		return BIT(BH_Mapped) | BIT(BH_Unwritten);
	return BIT(BH_Mapped) | (iomap->flags & IOMAP_F_NEW ? BIT(BH_New) : 0);
#else
	return iomap->type == IOMAP_UNWRITTEN ? BIT(BH_Uptodate) : BIT(BH_Mapped);
#endif
}

int world_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	struct iomap iomap;
	int error;

	__might_sleep();
	if (blocks_may_fail && __choose(2))
		return -ENOSPC;
	error = map_blocks(inode, (loff_t)block << inode->i_blkbits, bh->b_size, create ? IOMAP_WRITE : 0, &iomap);
	if (error)
		return error;
	describe_block(bh, &iomap, state_of(&iomap));
	return 0;
}

/* A block that was allocated and never written to has data now, or the insertion of it failed. */
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
