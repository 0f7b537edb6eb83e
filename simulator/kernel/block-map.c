/*
 * The block map of the one file: per page a hole, an unwritten block or a written one. An allocation puts a
 * block somewhere else than where it was before, so that a mapping of the old place is seen to be stale.
 * Looking up and allocating is one step, as the filesystem's own lock makes it.
 */
int block_type[WORLD_PAGES];
/* Which of the device's 2 * WORLD_PAGES frames; each index has two of its own. */
int block_frame[WORLD_PAGES];
/* The extent ends before this block. */
int block_fragmented[WORLD_PAGES];
/* Another file has this block, too: whoever writes gets one of his own. */
int block_shared[WORLD_PAGES];
/* Allocations that no fsync has made durable. */
int metadata_dirty;
/* Whether the filesystem may be out of space or unable to read its metadata: each answer may be an error. */
int blocks_may_fail;
/* Whether a freed block goes to the next allocation, wherever in the file; and which one that is, plus one. */
int reuse_blocks;
int freed_block;

/* 0: no block. */
unsigned long block_pfn(unsigned long index)
{
	return index < WORLD_PAGES && block_type[index] ? BLOCK_PFN + block_frame[index] : 0;
}

/* How many pages from `index` on, at most to `last`, are of one kind and in one place. */
static unsigned long extent(unsigned long index, unsigned long last)
{
	unsigned long n = index + 1;

	while (n <= last && n < WORLD_PAGES && !block_fragmented[n] && !block_shared[index] && block_type[n] == block_type[index] &&
	       (block_type[n] == BLOCK_HOLE || block_frame[n] == block_frame[index] + n - index))
		n++;
	return n - index;
}

static bool is_used(int frame)
{
	int n;

	for (n = 0; n < WORLD_PAGES; n++)
		if (block_type[n] != BLOCK_HOLE && block_frame[n] == frame)
			return true;
	return false;
}

/* The frame of an index that it did not have last, unless another index has that one now. */
static int other_frame(int index)
{
	int frame = block_frame[index] == index ? WORLD_PAGES + index : index;

	return is_used(frame) ? (frame == index ? WORLD_PAGES + index : index) : frame;
}

static void allocate(unsigned long index, unsigned long count)
{
	unsigned long n;
	int frame = block_type[index] == BLOCK_HOLE ? other_frame(index) : block_frame[index];

	if (reuse_blocks && freed_block && count == 1) {
		frame = freed_block - 1;
		freed_block = 0;
	}
	for (n = 0; n < count; n++) {
		block_type[index + n] = BLOCK_WRITTEN;
		block_frame[index + n] = frame + n;
	}
	metadata_dirty = 1;
}

atomic void free_blocks(unsigned long first, unsigned long last)
{
	unsigned long n;

	for (n = first; n <= last && n < WORLD_PAGES; n++) {
		if (reuse_blocks && block_type[n] != BLOCK_HOLE)
			freed_block = block_frame[n] + 1;
		block_type[n] = BLOCK_HOLE;
	}
	metadata_dirty = 1;
}

static void fill(struct iomap *iomap, unsigned long index, unsigned long count)
{
	iomap->offset = (loff_t)index << PAGE_SHIFT;
	iomap->length = (u64)count << PAGE_SHIFT;
	iomap->addr = (u64)(BLOCK_PFN + block_frame[index]) << PAGE_SHIFT;
	iomap->blkno = iomap->addr >> SECTOR_SHIFT;
	iomap->bdev = &world_block_device;
	iomap->dax_dev = &world_dax_device;
	iomap->type = IOMAP_MAPPED;
	iomap->flags = metadata_dirty ? IOMAP_F_DIRTY : 0;
}

/* What is at a place; a write allocates what is missing. */
atomic int map_blocks(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, struct iomap *iomap)
{
	unsigned long index = pos >> PAGE_SHIFT, last = (pos + length - 1) >> PAGE_SHIFT;
	unsigned long count;
	bool allocated = false, shared;

	if (index >= WORLD_PAGES)
		return -EIO;
	count = extent(index, last);
	shared = block_shared[index];
	if ((flags & IOMAP_WRITE) && block_type[index] != BLOCK_WRITTEN) {
		allocate(index, count);
		allocated = true;
	} else if ((flags & IOMAP_WRITE) && shared) {
		block_frame[index] = other_frame(index);
		block_shared[index] = 0;
		metadata_dirty = 1;
	}
	fill(iomap, index, count);
	if (shared)
		iomap->flags |= IOMAP_F_SHARED;
	if (allocated)
		iomap->flags |= IOMAP_F_NEW;
	if (block_type[index] != BLOCK_WRITTEN)
		iomap->type = block_type[index] == BLOCK_HOLE ? IOMAP_HOLE : IOMAP_UNWRITTEN;
	__event("block", inode, index, block_pfn(index));
	return 0;
}

#if __names(srcmap)
static int begin(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, struct iomap *iomap, struct iomap *srcmap)
#else
static int begin(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, struct iomap *iomap)
#endif
{
	int error;

	__might_sleep();
	if (blocks_may_fail && __choose(2))
		return -ENOSPC;
	error = map_blocks(inode, pos, length, flags, iomap);
#if __names(srcmap)
	/* What a copy is made of has the same place in the file; what it contains is not modelled. */
	if (!error && (flags & IOMAP_WRITE) && (iomap->flags & IOMAP_F_SHARED)) {
		*srcmap = *iomap;
		srcmap->flags = 0;
	}
#endif
	return error;
}

static int end(struct inode *inode, loff_t pos, loff_t length, ssize_t written, unsigned int flags, struct iomap *iomap)
{
	return 0;
}

const struct iomap_ops world_iomap_ops = { .iomap_begin = begin, .iomap_end = end };
